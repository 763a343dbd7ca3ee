// The section's staff view: accepted records, redacted, with their doubts to be settled (D1, S74, S75). Posts: workflow/post.h.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Files the accepted record of a visit in the staff view. A job's step; made anew when text or register has changed.
Result<void> file_in_section(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

/// All staff see that it is filed; the text opens within one's Reach.
Result<std::vector<model::RedactedRecord>> staff_view(ports::Ports& ports, const model::Actor& actor, const std::string& school_year);
/// One for its page, with those of its demands that are open to this reader.
struct OpenNote {
  model::RedactedRecord record;
  std::vector<model::Demand> demands;
};
Result<OpenNote> open_note(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id);
Result<model::RedactedRecord> redacted_record(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id);

/// The student office settles doubts: rewords, or keeps the words with a reason. What names somebody directly cannot be kept.
/// kStale with both versions when the record was filed anew meanwhile.
Result<model::RedactedRecord> settle_doubts(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id,
                                            std::int64_t expected_version, std::string_view narrative, std::string_view reflection, std::string_view keep_reason);

}  // namespace shide::workflow
