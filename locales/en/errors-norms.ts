/** Y1, R2: why a change of the norms, or a proposal, is not taken. */
export const normErrors: Record<string, string> = {
  'Y1.unknown': 'There is no norm “{name}”. Use a name that GET /v1/norms lists.',
  'Y1.number': '“{norm}” is a number. Give one, or null for the standard’s own value.',
  'Y1.time': '“{norm}” is a clock time, HH:MM, like 16:30.',
  'Y1.bounds': '“{norm}” lies between {min} and {max}.',
  'Y1.whole': '“{norm}” is a whole number (a score: one decimal).',
  'Y1.order': '“{norm}” ({value}) and “{than}” ({other}) do not go together. Change both at once.',
  'Y1.pmo': 'Name either a person or a department.',
  'Y1.empty': 'Name at least one norm to change.',
  'Y1.past': 'A change holds from today ({today}) or later: meetings under way keep their norms. Choose such a date.',
  'Y1.tooFar': 'That is too far ahead; the latest date is {latest}.',
  'Y1.stale':
    'Somebody has changed the norms meanwhile (the newest change is version {newest}). Read them again, then change them.',
  'Y1.noSuchVersion': 'There is no version {version}. See GET /v1/norms/history.',
  'Y1.inForce': 'Version {version} is in force already and cannot be withdrawn. Make another change instead.',
  'Y1.notAllowed': 'Only administrators and the PMO may change norms. Ask one of them.',
  'R2.unknown': 'There is no proposal {id}, or it is not yours to see. Check its id.',
  'R2.decided': 'This proposal has been answered already ({proposalState}). Read it again.',
  'R2.outdated': 'The series is no longer what it was when this was proposed. Reject it, or change the series itself.',
  'R2.tooLate': 'The series has made a meeting since, so that this cannot be undone. Change the series itself.',
  'R2.notAccepted': 'This proposal was not accepted; there is nothing to undo.',
  'Y1.notOver': 'The year {year} is not over yet. Ask again in the year after it.',
  'Y1.noProposal': 'There is no proposal {id}. See GET /v1/norms/proposals.',
  'Y1.answered':
    'This proposal has been answered ({proposalState}). Read it again; change the norms themselves if need be.',
};
