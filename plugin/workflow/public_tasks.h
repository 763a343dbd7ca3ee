// What has to be looked after outside the software until a named person says it is done: a copy on a closed portal to be taken
// down, or a leak on the public face (D1, D10). Nothing here holds what was found.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// By the end of the working day, 18:00 in Shanghai; of the next one when this one is over.
Time end_of_working_day(Time now);

/// Sets id, opening and due time. Part of the caller's transaction, which may run twice. One open task of a kind, post and address is enough: another is not opened.
Result<void> open_public_task(ports::Unit& unit, model::PublicTask task, Time now);

/// The copy of a withdrawn post at `address` that only a person can take down (D10); nothing to do where there is none. Part of the
/// caller's transaction.
Result<void> ask_for_take_down(ports::Unit& unit, const model::Post& post, const std::string& address, Time now);

/// Open ones, the first due first; for student office, union editor and head.
Result<std::vector<model::PublicTask>> open_public_tasks(ports::Ports& ports, const model::Actor& actor);

/// By student office or union editor, who says what a visitor sees there now. Sent twice it is closed once.
Result<model::PublicTask> close_public_task(ports::Ports& ports, const model::Actor& actor, const Id<model::PublicTask>& id, std::string_view outcome);

}  // namespace shide::workflow
