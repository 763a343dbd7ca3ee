// The two archives of a teacher (S79, S80), and the appraisal that reads them (S81).
#pragma once

#include "model/followup.h"
#include "model/row.h"

namespace shide::model {

enum class ArchiveKind { kEthics, kProfessional };
constexpr auto codes(ArchiveKind) { return std::to_array<std::string_view>({"ethics", "professional"}); }

/// One line of an append-only ledger: month, mode, own part; no class, category, demand or child. Corrections are new
/// entries. `hash` chains the entries of one teacher's archive (domain 2, 3).
struct ArchiveEntry : Row<ArchiveEntry> {
  ArchiveKind archive = ArchiveKind::kEthics;
  Id<Teacher> teacher_id;
  std::string staff_number;
  std::string staff_name;
  std::string school_year;
  std::string calendar_year;
  std::string kind;            // "home_visit"
  std::string title;           // a stored Phrase
  std::string text;            // a stored Phrase
  std::string event_month;     // 2021-01
  std::string mode;            // VisitMode code
  std::string source_id;       // visit id; never shown
  std::int64_t sequence = 0;   // 1.. within this teacher's archive
  std::string previous_hash;
  std::string hash;
  Time filed_at;
};

enum class AppraisalState { kCollecting, kComputed, kClosed };
constexpr auto codes(AppraisalState) { return std::to_array<std::string_view>({"collecting", "computed", "closed"}); }

/// One run of one rule set version over one campaign (R8: a score stays what it was).
struct Appraisal : Row<Appraisal> {
  Id<Campaign> campaign_id;
  std::string school_year;
  std::string title;
  std::string rule_set_key;
  std::string rule_set_version;
  std::string rule_set_sha256;
  std::string rule_set_text;
  AppraisalState state = AppraisalState::kCollecting;
  std::optional<Time> computed_at;
  Id<Account> computed_by;
};

/// What people judged: ballots and checklists per teacher and component. `value` is decimal text, or several apart by blanks.
struct Rating : Row<Rating> {
  Id<Appraisal> appraisal_id;
  Id<Teacher> teacher_id;
  std::string component;  // self, peer, guardian, committee
  std::string value;
};

struct Score : Row<Score> {
  Id<Appraisal> appraisal_id;
  Id<Teacher> teacher_id;
  std::string staff_number;
  std::string staff_name;
  Decimal total;
  std::string grade;      // proposed, before quota (D3)
  std::string missing;    // criteria, separated by blanks
  std::string vetoes;     // stored Phrases, one a line
  std::string barred_until;
  std::string facts;      // JSON: what it was computed from
  std::string grade_after_quota;  // as of this run; empty: undecided
  std::string quota_because;      // a stored Phrase
};

struct ScoreLine : Row<ScoreLine> {
  Id<Score> score_id;
  Id<Appraisal> appraisal_id;
  Id<Teacher> teacher_id;
  std::int64_t position = 0;
  std::string criterion;
  Decimal points;
  std::string because;    // a stored Phrase
  std::string state;      // counted, not_applicable, missing, reference
};

/// One condition of being nominated for the award (S82), as it stood when the scores were computed.
struct AwardCheck : Row<AwardCheck> {
  Id<Score> score_id;
  Id<Appraisal> appraisal_id;
  Id<Teacher> teacher_id;
  std::int64_t position = 0;
  bool passed = false;
  std::string because;    // a stored Phrase
};

}  // namespace shide::model
