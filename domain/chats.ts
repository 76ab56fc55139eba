/** F7, H4: the chats by which people are reached, as ids, claims and settings name them. */
export const vendors = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook'] as const;
export type Vendor = (typeof vendors)[number];
