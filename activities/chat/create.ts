import { vendors } from './channel.js';
import type { GroupChannel, PersonalChannel, Vendor } from './channel.js';
import { dingTalkGroup, dingTalkPersonal } from './dingtalk.js';
import type { DingTalkApp } from './dingtalk.js';
import { feishuGroup, feishuPersonal } from './feishu.js';
import type { FeishuApp } from './feishu.js';
import { realTime } from './pace.js';
import type { ChatTime } from './pace.js';
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

export function createChat(settings: ChatSettings, time: ChatTime = realTime): Chat {
  const { wecom, dingtalk, feishu, slack, webhook, groups } = settings;
  return {
    personal: {
      ...(wecom && { wecom: weComPersonal(wecom, time) }),
      ...(dingtalk && { dingtalk: dingTalkPersonal(dingtalk, time) }),
      ...(feishu && { feishu: feishuPersonal(feishu, time) }),
      ...(slack && { slack: slackPersonal(slack, time) }),
      ...(webhook && { webhook: webhookPersonal(webhook, time) }),
    },
    groups: new Map(groups.map((group) => [group.name, groupChannel(group, time)])),
  };
}

function groupChannel({ kind, url, secret }: GroupSetting, time: ChatTime): GroupChannel {
  switch (kind) {
    case 'wecom':
      return weComGroup(url, time);
    case 'dingtalk':
      return dingTalkGroup(url, secret, time);
    case 'feishu':
      return feishuGroup(url, secret, time);
    case 'slack':
      return slackGroup(url, time);
    case 'webhook':
      return webhookGroup(url, secret ?? '', time);
  }
}
