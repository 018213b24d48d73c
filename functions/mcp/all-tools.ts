import type { Tool } from './tool.ts';
import { cancelCodeTool } from './tools/cancel-code.ts';
import { changeCode } from './tools/change-code.ts';
import { createCodeTool } from './tools/create-code.ts';
import { explainTool } from './tools/explain.ts';
import { findCodes } from './tools/find-codes.ts';
import { forecast } from './tools/forecast.ts';
import { preflightTemplate } from './tools/preflight-template.ts';
import { recentFailures } from './tools/recent-failures.ts';

/** In the order in which they are listed. */
export const allTools: readonly Tool[] = [
  findCodes,
  explainTool,
  recentFailures,
  forecast,
  preflightTemplate,
  createCodeTool,
  changeCode,
  cancelCodeTool,
];
