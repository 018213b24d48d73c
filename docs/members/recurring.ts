/** Members that actions of several kinds have. */
import { type Members, member } from './members.ts';

export const page: Members = {
  Limit: member('integer?', '每页条数，1–100，默认 20', 'items of a page, 1–100; 20 unless given'),
  Cursor: member('string?', '上一页的 `NextCursor`', 'the `NextCursor` of the page before'),
};

export const nextCursor = member(
  'string?',
  '下一页；null 为最后一页',
  'the next page; null: this is the last',
);

export const eventTimes: Members = {
  From: member('time?', '发生时间不早于', 'that happened from here on'),
  To: member('time?', '发生时间早于', 'that happened before'),
};
