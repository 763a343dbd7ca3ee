// What the section shows: redacted records for the staff, posts for everybody, and who approved them.
#pragma once

#include <optional>

#include "model/row.h"
#include "model/visit.h"

namespace shide::model {

/// An accepted record as the staff view shows it (D1): all staff see month, grade and teachers; the text opens by Reach.
struct RedactedRecord : Row<RedactedRecord> {
  Place place;
  std::string month;          // 2021-01
  std::string grade_name;
  std::string teachers;       // names, as filed (S77)
  std::optional<VisitMode> mode;  // how they met (S105)
  std::string reviewer;       // who accepted the record, as filed
  std::string narrative;
  std::string reflection;
  std::int64_t doubts = 0;    // open doubts block approval
  std::string doubt_list;     // JSON as of shidectl redact, per field
  std::string cut_list;
  std::string source_sha256;  // of the text and register it was made from
  Time filed_at;
};

/// Where on the public face a post stands; a misfiled one can be moved (S4, S75). Its kind, and so what it had to fulfil, stays.
enum class Shelf { kPlan, kDigests, kNotes, kVoices, kThanks };
constexpr auto codes(Shelf) { return std::to_array<std::string_view>({"plan", "digests", "notes", "voices", "thanks"}); }

enum class PostKind { kPlan, kDigest, kSingleNote, kThanks, kAnswer };
constexpr auto codes(PostKind) { return std::to_array<std::string_view>({"plan", "digest", "single_note", "thanks", "answer"}); }

/// Where a post of that kind belongs until somebody moves it.
constexpr Shelf shelf_of(PostKind kind) {
  switch (kind) {
    case PostKind::kPlan: return Shelf::kPlan;
    case PostKind::kSingleNote: return Shelf::kNotes;
    case PostKind::kThanks: return Shelf::kThanks;
    case PostKind::kAnswer: return Shelf::kVoices;
    case PostKind::kDigest: break;
  }
  return Shelf::kDigests;
}

enum class PostState { kDraft, kInReview, kApproved, kPublished, kWithdrawn, kRejected };
constexpr auto codes(PostState) { return std::to_array<std::string_view>({"draft", "in_review", "approved", "published", "withdrawn", "rejected"}); }

/// A piece of the public face (S3..S9). `body` is plain text, paragraphs apart by an empty line; never HTML.
struct Post : Row<Post> {
  PostKind kind = PostKind::kDigest;
  PostState state = PostState::kDraft;
  Shelf shelf = Shelf::kDigests;
  std::string school_year;
  std::string title;
  std::string body;
  std::string source;          // S6
  std::string publisher;       // S7, the editor's name
  Id<Account> author_id;
  std::string grade_name;      // of a digest
  std::string visit_ids;       // sources, separated by blanks; at least 5 for a digest, 1 for a single note
  std::int64_t visit_count = 0;
  std::string quote;           // first words for the list
  std::optional<Time> published_at;  // S8
  std::optional<std::int64_t> views; // S9: a missing count breaks nothing
  std::string withdrawn_reason;
  std::string review_reason;
  std::string copy_address;    // where the editor of a portal that loads no code put a copy (D10); empty: nowhere
};

/// The second person's yes, tied to the exact text (joint 4).
struct Approval : Row<Approval> {
  Id<Post> post_id;
  std::string text_sha256;
  Id<Account> approved_by;
  Time approved_at;
  Id<Consent> consent_id;       // single notes only
  std::string school_decision;  // number or date of the recorded decision on rule 10; single notes only
};

enum class PublicTaskKind { kLeak, kTakeDown };
constexpr auto codes(PublicTaskKind) { return std::to_array<std::string_view>({"leak", "take_down"}); }

/// What somebody has to look after outside, until a named person says that it is done (D1): a copy on a closed portal to be
/// taken down, or something on the public face that tells of a person. Never holds what was found, only its kind and how often.
struct PublicTask : Row<PublicTask> {
  PublicTaskKind kind = PublicTaskKind::kLeak;
  Id<Post> post_id;            // empty: no post of ours
  std::string address;         // where it stands, as a visitor would open it
  std::string found;           // of a leak: "student_name 2 phone 1"
  Time opened_at;
  Time due_at;
  std::string outcome;         // what whoever closed it saw
  Id<Account> closed_by;
  std::string closed_by_name;
  std::optional<Time> closed_at;
};

/// Of a post's copy on another site, as last seen there: not yet made; as we made it; changed or taken away by hand; taken down by
/// us; left to whoever keeps that site.
enum class CopyState { kWanted, kStanding, kChanged, kGone, kWithdrawn, kLeft };
constexpr auto codes(CopyState) { return std::to_array<std::string_view>({"wanted", "standing", "changed", "gone", "withdrawn", "left"}); }

/// The copy of one post on one other site.
struct PostCopy : Row<PostCopy> {
  Id<Post> post_id;
  std::string host;                 // Publisher::host(), "wordpress"
  std::string reference;            // its id over there; empty: not there yet
  std::string address;              // where a reader opens it
  CopyState state = CopyState::kWanted;
  std::string digest;               // of what we put there: ports::copy_digest
  std::optional<Time> seen_at;
  std::optional<std::int64_t> views;  // as that site counts; a missing count breaks nothing
  std::optional<Time> look_at;      // when to look again; never: not at all
};

/// kReplace puts our text over what somebody changed there: only when a person asks for it. kMove follows a post to another shelf.
enum class DeliveryKind { kPublish, kReplace, kMove, kWithdraw };
constexpr auto codes(DeliveryKind) { return std::to_array<std::string_view>({"publish", "replace", "move", "withdraw"}); }

/// kDead waits for a person, who tries again or gives up; kOvertaken was not needed any more.
enum class DeliveryState { kWaiting, kDone, kDead, kGivenUp, kOvertaken };
constexpr auto codes(DeliveryState) { return std::to_array<std::string_view>({"waiting", "done", "dead", "given_up", "overtaken"}); }

/// One thing to be done to a copy; at most one of a copy is waiting.
struct Delivery : Row<Delivery> {
  Id<PostCopy> copy_id;
  DeliveryKind kind = DeliveryKind::kPublish;
  DeliveryState state = DeliveryState::kWaiting;
  Time created_at;
  std::int64_t attempts = 0;
  Time next_attempt_at;
  std::optional<Time> under_way_until;  // an attempt is being made; when it counts as lost
  std::optional<Time> done_at;
  std::string problem;         // code of the sentence that says why the last attempt failed
};

/// Another site as a whole: when several calls in a row had no answer it is let rest, and asked how it is before anything is sent.
struct CopyHost : Row<CopyHost> {
  std::string host;
  std::int64_t silences = 0;           // calls in a row without an answer
  std::optional<Time> silent_since;
  std::optional<Time> rests_until;
  std::string problem;                 // as Delivery::problem
};

}  // namespace shide::model
