/** H10: each new meeting asks what its people and its room are taken by; of all meetings there ever were, few still come. */
export const taking = `
create index meetings_taking on view.meetings (planned_end_at) where phase in ('preparation', 'notice', 'execution');
`;
