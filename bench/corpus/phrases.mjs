// The free text of the corpus: a few sentences of each sort, made up, without anything that could identify a person.
// A list in a list is a text over several lines.

export const PHRASES = {
  associate: [
    'named in the disclosure, spoken to',
    'seen with the child, now known',
    'in the phone of the child, spoken to',
  ],
  risk: [
    [
      'The child lives with both parents and is not in contact',
      'with the suspect; the plan is kept by the family.',
    ],
    ['The suspect knows the way home of the child, so that', 'the risk is not lower than at the report.'],
    ['New messages were found; they add nothing to what was', 'known, the grade stays.'],
  ],
  voice: [
    ['Wants to be told by text and not in class.', 'Is afraid that friends will hear of it.'],
    ['Would like it to be over soon. Trusts the social worker', 'and wants her to be there.'],
    ['Said that nobody had asked before. Wants to know what', 'happens next, each time.'],
  ],
  contact: [
    'seen alone, wishes written down',
    'no change since the last call: see the log',
    'agreed the next visit',
  ],
  plan: [
    [
      'Trace and identify, secure the devices and the footage',
      'first, then speak to everyone who was there.',
    ],
    ['Devices and accounts before anything else; the witnesses', 'are seen this week, the venue on the day.'],
  ],
  disruption: ['bail conditions do the same', 'not met, legal advice taken', 'no address known yet'],
  stepOutstanding: ['request sent, answer awaited', 'with the digital unit', 'next on the plan'],
  stepNotApplicable: ['nothing at the place', 'nobody there at the time', 'ruled out by the account'],
  line: [
    'messages between child and suspect',
    'who was at the place on the day',
    'lift home after the meeting, by whom',
    'account used to write to the child',
  ],
  result: [
    ['Seen in full by two officers; shows the child alone', 'and nobody else for the whole hour.'],
    ['Answered by the provider. The account was opened', 'from an address that was already known.'],
    ['Spoken to twice; remembers nothing of the day', 'and was elsewhere, which was checked.'],
  ],
  direction: [
    'locate the suspect by Friday',
    'devices first, then the witnesses',
    'tell the parent about the next step',
    'answer what is outstanding',
  ],
  action: [
    'obtain the footage and have it seen',
    'speak to the friend of the child again',
    'ask the provider for the log of the account',
    'write up the meeting and send it round',
  ],
  closure: [
    ['Every line is finished and none is left that could', 'reasonably be followed.'],
    ['All material was seen, the answers are in the steps,', 'and nothing new is to be expected.'],
  ],
  evidence: ['followed up at once', 'result recorded late', 'reason is given in full'],
};
