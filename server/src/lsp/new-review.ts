/** The requests behind the client's command "New Case Review". */
import { CancellationToken } from 'vscode-languageserver';
import { randomRef } from '../files/random-ref.ts';
import {
  KINDS_REQUEST,
  type KindsResult,
  NEW_REVIEW_REQUEST,
  type NewReviewParams,
  type NewReviewResult,
} from '../protocol.ts';
import { makeSkeleton } from '../render/skeleton.ts';
import { skeletonQuestions } from '../render/skeleton-questions.ts';
import type { Session } from './session.ts';

const NO_REVIEW: NewReviewResult = { text: '', suggestedName: 'new.case-review.yaml', cursor: 0 };

export function provideNewReview(session: Session): void {
  const { connection, fence } = session;
  const kinds = fence.request('kinds', [], () => listKinds(session));
  // Without parameters in the request, the token would come in their place.
  connection.onRequest(KINDS_REQUEST, () => kinds(undefined, CancellationToken.None));
  connection.onRequest(
    NEW_REVIEW_REQUEST,
    fence.request('new review', NO_REVIEW, (params: NewReviewParams) => makeReview(session, params)),
  );
}

const ANY = 'any.case-review.yaml';

/** A review in the folder in which the client will save it. */
const nextTo = ({ folders }: Session, name: string): string => `${folders()[0] ?? 'file://'}/${name}`;

function listKinds(session: Session): KindsResult {
  const words = session.workspace.guide(nextTo(session, ANY)).definition('ReviewKind')?.words ?? [];
  return words.map(({ value, title, description }) => ({ value: String(value), title, description }));
}

function makeReview(session: Session, params: NewReviewParams): NewReviewResult {
  const { workspace, now } = session;
  const guide = workspace.guide(nextTo(session, ANY));
  const known = guide.definition('ReviewKind')?.words?.map(({ value }) => String(value)) ?? [];
  const kinds = params.kinds.filter(kind => known.includes(kind));
  const id = randomRef('CASE');
  const suggestedName = `${id}.case-review.yaml`;
  // The policy of the folder in which the client will save it.
  const rules = workspace.rules(nextTo(session, suggestedName));
  const { text, cursor } = makeSkeleton({
    guide,
    kinds,
    id,
    reviewer: undefined,
    reviewedAt: now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    questions: skeletonQuestions(rules, kinds),
    pack: rules[0]?.pack,
    episode: kinds.includes('missing') ? randomRef('MIS') : undefined,
  });
  return { text, suggestedName, cursor };
}
