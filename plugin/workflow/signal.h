// A suspicion is a question (D8): found, asked of the teacher, answered, decided by a named person. Here two exact contradictions:
// the same photo in two visits, and one teacher in two visits of the same minute. It reaches scoring only after somebody found it true.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Looks whether photos of this visit stand in another one, and asks the teacher who handed each record in; and whether somebody of
/// its team was elsewhere at that minute, and asks them. A job's step; running it again asks nothing twice. Answers how many
/// questions are new.
Result<int> find_signals(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

struct SignalRow {
  model::FormalismSignal signal;
  std::string teacher_name;
  std::string grade_name;
  bool may_reply = false;
  bool may_decide = false;
};

/// Within the actor's Reach: a teacher the own questions without the other side, the deciders all.
Result<std::vector<SignalRow>> signals(ports::Ports& ports, const model::Actor& actor);

Result<void> reply_to_signal(ports::Ports& ports, const model::Actor& actor, const Id<model::FormalismSignal>& id, std::string_view reply);

struct DecisionForm {
  std::string decision, reason, document;
};
/// By the ethics committee or the head, never about oneself or a co-visitor. "true" needs a document number.
Result<model::FormalismSignal> decide_signal(ports::Ports& ports, const model::Actor& actor, const Id<model::FormalismSignal>& id, const DecisionForm& form);

}  // namespace shide::workflow
