#include "workflow/run_outbox.h"

#include <algorithm>

#include "workflow/archive.h"
#include "workflow/copies.h"
#include "workflow/job.h"
#include "workflow/post.h"
#include "workflow/section.h"
#include "workflow/signal.h"
#include "workflow/watch_public_face.h"

namespace shide::workflow {

using model::OutboxEvent;
using model::OutboxState;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kDeadAfter = 72 * kHour;
const std::vector<std::string> kTakeDown = {"post.withdrawn", "consent.withdrawn"};

Result<void> done(Result<int> step) {
  if (auto* error = step.if_error()) return std::move(*error);
  return {};
}

Result<void> do_step(ports::Ports& ports, const OutboxEvent& event) {
  Id<model::Visit> visit{event.object_id};
  Id<model::Post> post{event.object_id};
  if (event.topic == "record.submitted") return done(find_signals(ports, event.school_id, visit));
  if (event.topic == "record.confirmed") return done(enter_archives(ports, event.school_id, visit));
  if (event.topic == "record.accepted") {
    SHIDE_CHECK(done(enter_archives(ports, event.school_id, visit)));
    return file_in_section(ports, event.school_id, visit);
  }
  if (event.topic == "post.approved") {
    SHIDE_CHECK(publish_post(ports, event.school_id, post));
    return done(watch_post(ports, event.school_id, post));
  }
  if (event.topic == "post.withdrawn") return recall_copies(ports, event.school_id, post);
  if (event.topic == "consent.withdrawn") return withdraw_posts_of_visit(ports, event.school_id, visit);
  return internal_error("outbox: unknown topic " + event.topic);
}

// 1 s after the first attempt, then twice as long each time.
std::int64_t pause_after(std::int64_t attempts) { return std::min(kHour, kSecond << std::min<std::int64_t>(attempts - 1, 12)); }

// Taking something down comes before everything else, however much waits before it (D1).
Result<std::vector<OutboxEvent>> due_events(ports::Ports& ports, int limit) {
  Time now = ports.clock->now();
  auto waiting = [&] {
    return Query<OutboxEvent>{}.where(&OutboxEvent::state, OutboxState::kWaiting).where_less(&OutboxEvent::next_attempt_at, now + 1).limit(limit);
  };
  return ports.store->read(job_actor({}, "run_outbox"), [&](Unit& unit) -> Result<std::vector<OutboxEvent>> {
    SHIDE_TRY(due, unit.of<OutboxEvent>().list(waiting().where_one_of(&OutboxEvent::topic, kTakeDown)));
    auto others = waiting();
    for (const std::string& topic : kTakeDown) others.where_not(&OutboxEvent::topic, topic);
    SHIDE_TRY(rest, unit.of<OutboxEvent>().list(others));
    due.insert(due.end(), rest.begin(), rest.end());
    if (due.size() > static_cast<std::size_t>(limit)) due.resize(static_cast<std::size_t>(limit));
    return std::move(due);
  });
}

Result<void> note_outcome(ports::Ports& ports, const OutboxEvent& event, const Result<void>& outcome) {
  Time now = ports.clock->now();
  return ports.store->transact(job_actor(event.school_id, "run_outbox"), "run_outbox", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(fresh, unit.of<OutboxEvent>().load(event.id));
    if (fresh.state != OutboxState::kWaiting) return {};
    ++fresh.attempts;
    if (outcome.ok()) {
      fresh.state = OutboxState::kDone;
      fresh.done_at = now;
    } else {
      fresh.last_error = std::to_string(static_cast<int>(outcome.error().code)) + " " + outcome.error().phrase.code;
      fresh.next_attempt_at = now + pause_after(fresh.attempts);
      if (now - fresh.created_at > kDeadAfter) fresh.state = OutboxState::kDead;
    }
    SHIDE_CHECK(unit.of<OutboxEvent>().save(fresh));
    return unit.audit(fresh, "state attempts");
  });
}

}  // namespace

Result<int> run_outbox(ports::Ports& ports, int limit) {
  SHIDE_TRY(due, due_events(ports, limit));
  int count = 0;
  for (const OutboxEvent& event : due) {
    Result<void> outcome = do_step(ports, event);
    SHIDE_CHECK(note_outcome(ports, event, outcome));
    if (outcome.ok()) ++count;
  }
  return count;
}

}  // namespace shide::workflow
