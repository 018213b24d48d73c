/** Styles are imported for the build alone, which makes one file of them. */
declare module '*.css';
