/** Stands for all services where the engine is asked for one, so that it does not go through each of them. */
export const wholeProject = '--whole-project';
