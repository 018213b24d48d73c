import type { FieldDocs } from '../field-doc.ts';
import type { Component } from './Component.ts';

export const componentDocs: FieldDocs<typeof Component> = {
  ComponentId: {
    zh: '控件编号；以关键字定位时也是关键字本身',
    en: 'Id of the field; where a keyword places it, the keyword as well',
  },
  ComponentType: {
    zh: '控件类型，如 TEXT、DATE、SIGN_SEAL、SIGN_SIGNATURE',
    en: 'Kind of field, such as TEXT, DATE, SIGN_SEAL, SIGN_SIGNATURE',
  },
  ComponentName: { zh: '控件名称，可重复', en: 'Name of the field, not unique' },
  ComponentRequired: {
    zh: '填写控件是否必填；多数签署控件不受其影响',
    en: 'Must it be filled in? Most fields to sign do not heed it',
    default: false,
  },
  ComponentRecipientId: { zh: '控件所属参与方的编号', en: 'Id of the party that it belongs to' },
  FileIndex: { zh: '上游暂未使用：所属文件的序号', en: 'Not in use upstream: which file it is in' },
  GenerateMode: {
    zh: '定位方式：NORMAL 坐标，FIELD 表单域，KEYWORD 关键字',
    en: 'How it is placed: NORMAL by position, FIELD by form field, KEYWORD by keyword',
  },
  ComponentWidth: { zh: '宽度，单位 pt', en: 'Width in points' },
  ComponentHeight: { zh: '高度，单位 pt', en: 'Height in points' },
  ComponentPage: {
    zh: '页码，从 1 起；负数从末页倒数',
    en: 'Page, from 1; negative numbers count from the last',
  },
  ComponentPosX: { zh: '横坐标，单位 pt', en: 'Horizontal position in points' },
  ComponentPosY: { zh: '纵坐标，单位 pt', en: 'Vertical position in points' },
  ComponentExtra: {
    zh: '扩展参数，JSON 文本，随控件类型而异，如字体与字号',
    en: 'More settings as JSON text, by kind of field: font, size and so on',
  },
  ComponentValue: { zh: '填充的值，含义随控件类型而异', en: 'Its value, read by the kind of field' },
  ComponentDateFontSize: {
    zh: '上游暂未使用：日期控件的字号',
    en: 'Not in use upstream: font size of a date',
    default: 12,
  },
  DocumentId: { zh: '上游暂未使用：所属文档编号', en: 'Not in use upstream: the document that it is in' },
  ComponentDescription: { zh: '上游暂未使用：控件说明', en: 'Not in use upstream: description of the field' },
  OffsetX: {
    zh: '关键字定位的横向修正，单位 pt，向右为正',
    en: 'Shift from the keyword to the right, in points',
  },
  OffsetY: {
    zh: '关键字定位的纵向修正，单位 pt，向下为正',
    en: 'Shift from the keyword downwards, in points',
  },
  ChannelComponentId: {
    zh: '上游暂未使用：平台模板的控件编号',
    en: "Not in use upstream: id in the platform's template",
  },
  KeywordOrder: {
    zh: '关键字的查找次序：Positive 正序，Reverse 倒序',
    en: 'In which direction keywords are counted: Positive or Reverse',
  },
  KeywordPage: { zh: '只在此页查找关键字', en: 'The only page on which the keyword is looked for' },
  RelativeLocation: {
    zh: '相对关键字的位置：Middle、Below、Right、LowerRight、UpperRight',
    en: 'Where it stands from the keyword: Middle, Below, Right, LowerRight or UpperRight',
  },
  KeywordIndexes: { zh: '采用第几处关键字，从 0 起', en: 'Which occurrences of the keyword count, from 0' },
  Placeholder: {
    zh: '填写时的提示；对签署控件无效',
    en: 'Hint shown while filling in; not for fields to sign',
  },
  LockComponentValue: {
    zh: '网页嵌入发起时，是否禁止修改其值',
    en: 'In an embedded page: may its value not be changed?',
    default: false,
  },
  ForbidMoveAndDelete: {
    zh: '网页嵌入发起时，是否禁止移动和删除',
    en: 'In an embedded page: may it not be moved or deleted?',
    default: false,
  },
};
