import { vendors } from './channel.js';
import type { GroupChannel, PersonalChannel, Vendor } from './channel.js';
import { dingTalkGroup, dingTalkPersonal } from './dingtalk.js';
import type { DingTalkApp } from './dingtalk.js';
import { feishuGroup, feishuPersonal } from './feishu.js';
import type { FeishuApp } from './feishu.js';
import { slackGroup, slackPersonal } from './slack.js';
import type { SlackApp } from './slack.js';
import { webhookGroup, webhookPersonal } from './webhook.js';
import type { WebhookSystem } from './webhook.js';
import { weComGroup, weComPersonal } from './wecom.js';
import type { WeComApp } from './wecom.js';

/** A group that people may share their words to. */
export interface GroupSetting {
  name: string;
  kind: Vendor;
  url: string;
  /** Signs; a webhook needs one. */
  secret?: string | undefined;
}

/** What the operator has configured; all of it may be absent. */
export interface ChatSettings {
  wecom?: WeComApp | undefined;
  dingtalk?: DingTalkApp | undefined;
  feishu?: FeishuApp | undefined;
  slack?: SlackApp | undefined;
  webhook?: WebhookSystem | undefined;
  groups: GroupSetting[];
}

export interface Chat {
  personal: Partial<Record<Vendor, PersonalChannel>>;
  /** By name. */
  groups: ReadonlyMap<string, GroupChannel>;
}

/** H4: whose user ids reach somebody here. */
export function reachedBy(settings: ChatSettings): Vendor[] {
  return vendors.filter((vendor) => settings[vendor] !== undefined);
}

export const noChat: Chat = { personal: {}, groups: new Map() };

export function createChat({ wecom, dingtalk, feishu, slack, webhook, groups }: ChatSettings): Chat {
  return {
    personal: {
      ...(wecom && { wecom: weComPersonal(wecom) }),
      ...(dingtalk && { dingtalk: dingTalkPersonal(dingtalk) }),
      ...(feishu && { feishu: feishuPersonal(feishu) }),
      ...(slack && { slack: slackPersonal(slack) }),
      ...(webhook && { webhook: webhookPersonal(webhook) }),
    },
    groups: new Map(groups.map((group) => [group.name, groupChannel(group)])),
  };
}

function groupChannel({ kind, url, secret }: GroupSetting): GroupChannel {
  switch (kind) {
    case 'wecom':
      return weComGroup(url);
    case 'dingtalk':
      return dingTalkGroup(url, secret);
    case 'feishu':
      return feishuGroup(url, secret);
    case 'slack':
      return slackGroup(url);
    case 'webhook':
      return webhookGroup(url, secret ?? '');
  }
}
