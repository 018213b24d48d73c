/** What a person has filled in. */
export interface CreateForm {
  organization: string;
  operator: string;
  templateId: string;
  flowName: string;
  qrCodeName: string;
  maxFlowNum: number;
  /** Days that a generation lives. */
  days: number;
  /** Days in which a contract has to be signed. */
  signDays: number;
  /** Who may sign, a line each. */
  people: string;
  externalId: string;
  labels: readonly string[];
  note: string;
}

/** The request of `ChannelCreateMultiFlowSignQRCode`; what was left empty is left out. */
export function createRequest(form: CreateForm) {
  const { people } = peopleIn(form.people);
  return {
    Agent: {
      ProxyOrganizationOpenId: form.organization,
      ProxyOperator: { OpenId: form.operator },
    },
    TemplateId: form.templateId,
    FlowName: form.flowName,
    MaxFlowNum: form.maxFlowNum,
    QrEffectiveDay: form.days,
    FlowEffectiveDay: form.signDays,
    ...(form.qrCodeName !== '' && { QrCodeName: form.qrCodeName }),
    ...(people.length > 0 && { Restrictions: people }),
    ...(form.externalId !== '' && { ExternalId: form.externalId }),
    ...(form.labels.length > 0 && { Labels: form.labels }),
    ...(form.note !== '' && { Note: form.note }),
  };
}

interface Person {
  Name: string;
  Mobile: string;
}

/** `name,phone` a line, with the comma of either language, a tab or blanks between; empty lines are nobody. */
export function peopleIn(text: string): { people: Person[]; wrongLine?: number } {
  const people: Person[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, name, phone] = /^\s*(\S.*?)\s*[,，\t ]\s*(\d{11})\s*$/.exec(line) ?? [];
    if (name === undefined || phone === undefined) return { people, wrongLine: at + 1 };
    people.push({ Name: name, Mobile: phone });
  }
  return { people };
}
