import type { Text } from '../../../shared/text.ts';

/** A kind of notification that the emulator sends by itself. */
export interface SentNotification {
  MsgType: string;
  when: Text;
  /** Where the members of its `MsgData` are known from. */
  members: Text;
}

const assumed: Text = { zh: '未公布，自拟', en: 'published nowhere, our own' };
const shaped: Text = { zh: '未公布，取自模板文件', en: 'published nowhere, from a template file' };

export const sentNotifications: readonly SentNotification[] = [
  {
    MsgType: 'MultiFlowSignQrCodeCost',
    when: { zh: '扫码发起一份合同', en: 'a scan starts a contract' },
    members: shaped,
  },
  {
    MsgType: 'CreateFlowByQrCode',
    when: { zh: '扫码时企业合同额度不足', en: 'a scan fails, since the organisation has no contracts left' },
    members: shaped,
  },
  {
    MsgType: 'FlowStatusChange',
    when: {
      zh: '合同发起、签署、拒签、过期、撤回、失效、解除',
      en: 'a contract is started, signed, rejected, cancelled, invalidated or relieved, or expires',
    },
    members: {
      zh: '自建应用的文档与样例，另加 ProxyOrganizationOpenId',
      en: 'documented for self-built applications; ProxyOrganizationOpenId is added',
    },
  },
  {
    MsgType: 'TemplateAdd',
    when: { zh: '添加模板', en: 'a template is added' },
    members: {
      zh: '样例，另加 ProxyOrganizationOpenId',
      en: 'from a sample; ProxyOrganizationOpenId is added',
    },
  },
  { MsgType: 'TemplateUpdate', when: { zh: '修改模板', en: 'a template is replaced' }, members: assumed },
  {
    MsgType: 'TemplateAvailable',
    when: { zh: '启用或停用模板', en: 'a template is enabled or disabled' },
    members: assumed,
  },
  { MsgType: 'TemplateDelete', when: { zh: '删除模板', en: 'a template is removed' }, members: assumed },
  {
    MsgType: 'CloseOrganization',
    when: { zh: '企业开始注销', en: 'an organisation begins to close' },
    members: assumed,
  },
];
