import { posterFont } from '../../shared/poster/font/font-file.ts';
import { makePosters } from '../../shared/poster/make-posters.ts';
import { papers } from '../../shared/poster/paper.ts';
import { requireRole } from '../../shared/runtime/http/api-keys.ts';
import { actionVariables, callerOf } from '../../shared/runtime/http/http-action.ts';
import { httpHandler } from '../../shared/runtime/http/http-handler.ts';
import { maxBodyBytes } from '../../shared/runtime/read-event.ts';
import { createApiKeys } from '../../shared/store/access/api-keys.ts';
import { posterReads } from '../../shared/store/register/link-reads.ts';
import { connectEarlier, openBasis } from '../basis.ts';
import { principalOf } from '../presented-key.ts';
import { findPosters } from './find-posters.ts';
import { readRequest } from './request.ts';

const needs = ['DATABASE_URL', 'PUBLIC_BASE_URL', ...actionVariables] as const;
const early = connectEarlier(needs);
/** What of an answer is left for the file, which travels as base64. */
const mostBytes = (maxBodyBytes / 4) * 3 - 1024;

/** `GET /poster?CodeId=…`: the poster of a code's stable link, or those of many codes. */
export const main_handler = httpHandler({
  name: 'poster',
  needs,
  open(config, time) {
    const { db } = openBasis(config, time, early);
    return { apiKeys: createApiKeys(db), posters: posterReads(db) };
  },
  methods: ['GET'],
  async handle(event) {
    const { request, config, open } = event;
    const principal = await principalOf(event);
    requireRole(principal, 'viewer');
    const asked = readRequest(request.query);
    const { posters } = await open();
    event.beginWork({ readOnly: true });
    const { scope } = callerOf(principal, config.ESS_APP_ID);
    const found = await findPosters(posters, asked, scope, config.PUBLIC_BASE_URL);
    const wanted = { ...asked, paper: papers[asked.paper], mostBytes, nowMs: event.now() };
    const { contentType, name, bytes } = await makePosters(found, wanted, posterFont());
    const headers = { 'Content-Type': contentType, 'Content-Disposition': `inline; filename="${name}"` };
    return { status: 200, headers, body: bytes };
  },
});
