#include "workflow/deliver_copies.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

#include "ports/publisher.h"
#include "workflow/copies.h"
#include "workflow/job.h"
#include "workflow/post.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {

using model::CopyHost;
using model::CopyState;
using model::Delivery;
using model::DeliveryKind;
using model::DeliveryState;
using model::Post;
using model::PostCopy;
using model::PostState;
using ports::CopySeen;
using ports::Query;
using ports::Standing;
using ports::Unit;

namespace {

constexpr const char* kJob = "deliver_copies";
constexpr std::int64_t kMostAtOnce = 100;
constexpr std::int64_t kMostLooks = 20;
/// Other jobs wait behind this one. With the longest attempt it ends before the lease does.
constexpr std::int64_t kLongestRound = 20 * kSecond;
constexpr std::int64_t kLongestRest = kMinute;
/// A withdrawal that takes longer is told to a person as well, who can take the copy down by hand.
constexpr std::int64_t kWithdrawalAlarm = 10 * kMinute;
constexpr std::int64_t kWithdrawnIsWatched = kDay;
constexpr std::int64_t kLookAgain = 10 * kMinute;  // when there was no answer

/// What one attempt needs, read in one go immediately before it.
struct Attempt {
  Delivery delivery;
  PostCopy copy;
  std::optional<model::ClearedPost> cleared;  // of a push
  Error refused;                              // why there is none
};

/// How the site answered in this round.
struct Round {
  std::mutex mutex;
  std::atomic<std::int64_t> silences = 0;  // in a row
  std::atomic<int> done = 0;
  std::optional<Error> silence;  // the last one
  std::optional<Error> failure;  // the first one
};

bool is_push(const Delivery& delivery) { return delivery.kind != DeliveryKind::kWithdraw; }

/// kStale: somebody else has claimed it, or it is not wanted any more.
Result<Attempt> claim(ports::Ports& ports, const Delivery& due) {
  Time now = ports.clock->now();
  Result<Attempt> claimed = ports.store->transact(job_actor(due.school_id, kJob), kJob, [&](Unit& unit) -> Result<Attempt> {
    Attempt attempt;
    SHIDE_TRY(fresh, unit.of<Delivery>().load(due.id));
    bool is_due = fresh.state == DeliveryState::kWaiting && fresh.next_attempt_at <= now && (!fresh.under_way_until || *fresh.under_way_until <= now);
    if (!is_due) return Error{ErrorCode::kStale, {"error.stale"}};
    ++fresh.attempts;
    fresh.under_way_until = fresh.next_attempt_at = now + kAttemptLasts;
    SHIDE_CHECK(unit.of<Delivery>().save(fresh));
    SHIDE_CHECK(unit.audit(fresh, "attempts"));
    SHIDE_TRY(copy, unit.of<PostCopy>().load(fresh.copy_id));
    attempt.delivery = fresh;
    attempt.copy = copy;
    return attempt;
  });
  if (!claimed || !is_push(claimed->delivery)) return claimed;
  // After the claim, and in a state of its own: the last thing that is asked before the push.
  SHIDE_CHECK(ports.store->read(job_actor(due.school_id, kJob), [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(post, unit.of<Post>().load(claimed->copy.post_id));
    Result<model::ClearedPost> cleared = post.state == PostState::kPublished ? clear_now(unit, post) : Result<model::ClearedPost>(Error{ErrorCode::kInvalid, {"clearance.withdrawn"}});
    if (cleared) claimed->cleared = *cleared;
    else if (cleared.error().code != ErrorCode::kInvalid) return cleared.error();
    else claimed->refused = Error{ErrorCode::kInvalid, {"copy_problem.not_cleared"}, "Clearance refuses: " + cleared.error().phrase.code};
    return {};
  }));
  return claimed;
}

Result<CopySeen> carry_out(ports::Ports& ports, const Attempt& attempt) {
  const PostCopy& copy = attempt.copy;
  if (!is_push(attempt.delivery)) {
    SHIDE_CHECK(ports.publisher->withdraw({copy.post_id, copy.reference}));
    return CopySeen{};
  }
  if (!attempt.cleared) return attempt.refused;
  bool is_move = attempt.delivery.kind == DeliveryKind::kMove;
  if (is_move && !copy.reference.empty()) return ports.publisher->move(*attempt.cleared, copy.reference);
  auto existing = attempt.delivery.kind == DeliveryKind::kReplace ? ports::Existing::kReplace : ports::Existing::kKeep;
  Result<CopySeen> seen = ports.publisher->publish(*attempt.cleared, copy.reference, existing);
  // It overtook the first push, of which nobody knows whether it was done.
  if (seen && is_move) seen = ports.publisher->move(*attempt.cleared, seen->reference);
  if (seen && seen->standing != Standing::kPublic) return Error{ErrorCode::kInvalid, {"copy_problem.not_public"}, "published, yet no visitor can see it"};
  return seen;
}

CopyState state_of(const PostCopy& copy, const CopySeen& seen) {
  if (seen.standing != Standing::kPublic) return CopyState::kGone;
  return seen.digest == copy.digest ? CopyState::kStanding : CopyState::kChanged;
}

void note_seen(PostCopy& copy, const CopySeen& seen, Time now) {
  if (!seen.reference.empty()) copy.reference = seen.reference;
  if (!seen.address.empty()) copy.address = seen.address;
  if (seen.views) copy.views = seen.views;
  copy.seen_at = now;
}

/// The withdrawal that overtook this attempt need not wait for it any longer.
Result<void> let_go_on(Unit& unit, const Id<PostCopy>& copy, Time now) {
  SHIDE_TRY(waiting, unit.of<Delivery>().list(Query<Delivery>{}.where(&Delivery::copy_id, copy).where(&Delivery::state, DeliveryState::kWaiting)));
  for (Delivery& next : waiting) {
    if (next.under_way_until || next.next_attempt_at <= now) continue;
    next.next_attempt_at = now;
    SHIDE_CHECK(unit.of<Delivery>().save(next));
    SHIDE_CHECK(unit.audit(next, "next_attempt_at"));
  }
  return {};
}

Result<void> note_done(Unit& unit, const Attempt& attempt, Delivery& delivery, PostCopy& copy, const CopySeen& seen, Time now) {
  delivery.problem.clear();
  if (delivery.state == DeliveryState::kWaiting) {
    delivery.state = DeliveryState::kDone;
    delivery.done_at = now;
  }
  note_seen(copy, seen, now);
  if (is_push(delivery)) {
    copy.digest = ports::copy_digest(attempt.cleared->post().title, ports::copy_html(attempt.cleared->post()));
    copy.state = state_of(copy, seen);
  } else {
    copy.state = CopyState::kWithdrawn;
  }
  copy.look_at = now + kMinute;
  SHIDE_CHECK(unit.of<PostCopy>().save(copy));
  return unit.audit(copy, "state reference address");
}

void note_failed(Delivery& delivery, const Error& error, std::int64_t pause, Time now) {
  delivery.problem = error.phrase.code;
  if (delivery.state != DeliveryState::kWaiting) return;
  delivery.next_attempt_at = now + pause;
  if (delivery.attempts >= kMostAttempts) delivery.state = DeliveryState::kDead;
}

Result<void> note_outcome(ports::Ports& ports, const Attempt& attempt, const Result<CopySeen>& outcome) {
  Time now = ports.clock->now();
  std::int64_t pause = pause_after_attempt(attempt.delivery.attempts, attempt.delivery.kind, *ports.chance);
  return ports.store->transact(job_actor(attempt.delivery.school_id, kJob), kJob, [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(delivery, unit.of<Delivery>().load(attempt.delivery.id));
    SHIDE_TRY(copy, unit.of<PostCopy>().load(attempt.copy.id));
    // Lost in the meantime, and claimed by another: what it finds there is what counts.
    if (delivery.attempts != attempt.delivery.attempts || !delivery.under_way_until) return {};
    delivery.under_way_until.reset();
    if (outcome) SHIDE_CHECK(note_done(unit, attempt, delivery, copy, *outcome, now));
    else note_failed(delivery, outcome.error(), pause, now);
    SHIDE_CHECK(unit.of<Delivery>().save(delivery));
    SHIDE_CHECK(unit.audit(delivery, "state attempts problem"));
    return delivery.state == DeliveryState::kOvertaken ? let_go_on(unit, copy.id, now) : Result<void>();
  });
}

void count_answer(Round& round, const Result<CopySeen>& outcome) {
  std::lock_guard lock(round.mutex);
  const Error* error = outcome.if_error();
  bool is_silence = error && error->code == ErrorCode::kUnavailable;
  round.silences = is_silence ? round.silences + 1 : 0;
  if (is_silence) round.silence = *error;
  if (error && !round.failure) round.failure = *error;
  if (!error) ++round.done;
}

Result<void> deliver_one(ports::Ports& ports, const Delivery& due, Round& round) {
  Result<Attempt> attempt = claim(ports, due);
  if (auto* error = attempt.if_error()) return error->code == ErrorCode::kStale || error->code == ErrorCode::kNotFound ? Result<void>() : Result<void>(*error);
  Result<CopySeen> outcome = carry_out(ports, *attempt);
  count_answer(round, outcome);
  return note_outcome(ports, *attempt, outcome);
}

/// As stored, or a new one that has always answered.
Result<CopyHost> host_now(Unit& unit, const Id<model::School>& school, const std::string& host, const Id<CopyHost>& id) {
  Result<CopyHost> stored = unit.of<CopyHost>().first(Query<CopyHost>{}.where(&CopyHost::host, host));
  if (stored || stored.error().code != ErrorCode::kNotFound) return stored;
  CopyHost fresh;
  fresh.id = id;
  fresh.school_id = school;
  fresh.host = host;
  return fresh;
}

/// After the calls of a round: `silences` in a row at its end, 0 when the last one was answered.
Result<void> note_host(ports::Ports& ports, const Id<model::School>& school, std::int64_t silences, bool any_answer, const std::optional<Error>& silence) {
  Time now = ports.clock->now();
  Id<CopyHost> id = new_id<CopyHost>(now);
  std::string name = ports.publisher->host();
  std::int64_t spread = ports.chance->between(500, 1000);  // thousandths
  return ports.store->transact(job_actor(school, kJob), kJob, [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(host, host_now(unit, school, name, id));
    std::int64_t in_a_row = silences + (any_answer ? 0 : host.silences);
    if (in_a_row == host.silences && in_a_row == 0 && !host.rests_until) return {};
    host.silences = in_a_row;
    host.problem = silences > 0 && silence ? silence->phrase.code : "";
    if (in_a_row == 0) host.silent_since.reset();
    else if (!host.silent_since) host.silent_since = now;
    host.rests_until.reset();
    if (in_a_row >= kSilencesBeforeRest) {
      std::int64_t rest = std::min(kLongestRest, (4 * kSecond) << std::min<std::int64_t>(in_a_row - kSilencesBeforeRest, 6));
      host.rests_until = now + rest * spread / 1000;
    }
    SHIDE_CHECK(unit.of<CopyHost>().save(host));
    return unit.audit(host, "silences rests_until");
  });
}

/// False while the site rests. When its rest is over it is asked how it is, which changes nothing there.
Result<bool> may_be_asked(ports::Ports& ports, const Id<model::School>& school) {
  std::string name = ports.publisher->host();
  Time now = ports.clock->now();
  SHIDE_TRY(host, ports.store->read(job_actor(school, kJob), [&](Unit& unit) { return host_now(unit, school, name, {}); }));
  if (!host.rests_until) return true;
  if (*host.rests_until > now) return false;
  Result<Phrase> advice = ports.publisher->advice();
  bool is_silent = !advice && advice.error().code == ErrorCode::kUnavailable;
  SHIDE_CHECK(note_host(ports, school, is_silent ? 1 : 0, !is_silent, is_silent ? std::optional<Error>(advice.error()) : std::nullopt));
  return !is_silent;
}

/// Withdrawals first, each kind by age.
Result<std::vector<Delivery>> due_deliveries(ports::Ports& ports, const Id<model::School>& school) {
  Time now = ports.clock->now();
  auto waiting = [&] {
    return Query<Delivery>{}.where(&Delivery::state, DeliveryState::kWaiting).where_less(&Delivery::next_attempt_at, now + 1).limit(kMostAtOnce);
  };
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) -> Result<std::vector<Delivery>> {
    SHIDE_TRY(due, unit.of<Delivery>().list(waiting().where(&Delivery::kind, DeliveryKind::kWithdraw)));
    SHIDE_TRY(pushes, unit.of<Delivery>().list(waiting().where_not(&Delivery::kind, DeliveryKind::kWithdraw)));
    due.insert(due.end(), pushes.begin(), pushes.end());
    if (due.size() > static_cast<std::size_t>(kMostAtOnce)) due.resize(kMostAtOnce);
    return std::move(due);
  });
}

/// Once for each withdrawal: what the person has closed is not opened again.
Result<void> raise_alarm(ports::Ports& ports, const Delivery& late) {
  Time now = ports.clock->now();
  return ports.store->transact(job_actor(late.school_id, kJob), kJob, [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(copy, unit.of<PostCopy>().load(late.copy_id));
    SHIDE_TRY(told, unit.of<model::PublicTask>().count(Query<model::PublicTask>{}.where(&model::PublicTask::post_id, copy.post_id)
        .where(&model::PublicTask::address, copy.address).where_at_least(&model::PublicTask::opened_at, late.created_at)));
    if (told > 0) return {};
    SHIDE_TRY(post, unit.of<Post>().load(copy.post_id));
    return ask_for_take_down(unit, post, copy.address, now);
  });
}

Result<int> deliver_for(ports::Ports& ports, const Id<model::School>& school) {
  SHIDE_TRY(due, due_deliveries(ports, school));
  if (due.empty()) return 0;
  for (const Delivery& one : due) {
    if (!is_push(one) && ports.clock->now() - one.created_at >= kWithdrawalAlarm) SHIDE_CHECK(raise_alarm(ports, one));
  }
  SHIDE_TRY(may, may_be_asked(ports, school));
  if (!may) return 0;
  Round round;
  Time until = ports.clock->now() + kLongestRound;
  std::atomic<std::size_t> next = 0;
  auto work = [&]() -> Result<void> {
    while (ports.clock->now() < until && round.silences < kSilencesBeforeRest) {
      std::size_t mine = next++;
      if (mine >= due.size()) break;
      SHIDE_CHECK(deliver_one(ports, due[mine], round));
    }
    return {};
  };
  std::vector<std::future<Result<void>>> workers;
  for (int i = 1; i < kMostInFlight; ++i) workers.push_back(std::async(std::launch::async, work));
  Result<void> kept = work();
  for (auto& worker : workers) {
    if (Result<void> other = worker.get(); !other && kept) kept = other;
  }
  std::int64_t asked = round.done + (round.failure ? 1 : 0);
  if (asked > 0) SHIDE_CHECK(note_host(ports, school, round.silences, round.silences == 0 || round.done > 0, round.silence));
  SHIDE_CHECK(kept);
  if (round.failure) return std::move(*round.failure).with_prefix(ports.publisher->host());
  return round.done.load();
}

/// The schools that are there: one, or those that share a database.
template <class Work>
Result<int> for_each_school(ports::Ports& ports, Work&& work) {
  if (ports.publisher->host().empty()) return 0;
  SHIDE_TRY(schools, ports.store->read(job_actor({}, kJob), [](Unit& unit) { return unit.of<model::School>().list(Query<model::School>{}); }));
  int all = 0;
  for (const model::School& school : schools) {
    SHIDE_TRY(count, work(school.id));
    all += count;
  }
  return all;
}

std::int64_t look_again_after(const PostCopy& copy, Time first) {
  std::int64_t age = *copy.seen_at - first;
  return age < kHour ? kMinute : age < 30 * kDay ? 3 * kHour : kDay;
}

/// True when the copy was found other than it was.
Result<bool> note_look(ports::Ports& ports, const PostCopy& looked, const CopySeen& seen) {
  Time now = ports.clock->now();
  return ports.store->transact(job_actor(looked.school_id, kJob), "look_at_copies", [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(copy, unit.of<PostCopy>().load(looked.id));
    if (copy.version != looked.version) return Error{ErrorCode::kStale, {"error.stale"}};
    SHIDE_TRY(last, unit.of<Delivery>().first(Query<Delivery>{}.where(&Delivery::copy_id, copy.id).newest_first()));
    CopyState before = copy.state;
    note_seen(copy, seen, now);
    copy.look_at = now + look_again_after(copy, last.created_at);
    if (before == CopyState::kWithdrawn) {
      // Put back by hand, or by an answer to us that came late: a withdrawal beats both.
      if (seen.standing != Standing::kNothing) SHIDE_CHECK(open_delivery(unit, copy, DeliveryKind::kWithdraw, now));
      else if (now - last.created_at > kWithdrawnIsWatched) copy.look_at.reset();
    } else {
      copy.state = state_of(copy, seen);
    }
    SHIDE_CHECK(unit.of<PostCopy>().save(copy));
    SHIDE_CHECK(unit.audit(copy, copy.state == before ? "seen_at" : "state"));
    return copy.state != before || (before == CopyState::kWithdrawn && seen.standing != Standing::kNothing);
  });
}

/// A site that refuses to tell is not asked, and not complained about, at every tick.
Result<void> look_later(ports::Ports& ports, const std::vector<PostCopy>& copies) {
  Time later = ports.clock->now() + kLookAgain;
  return ports.store->transact(job_actor(copies.front().school_id, kJob), "look_at_copies", [&](Unit& unit) -> Result<void> {
    for (const PostCopy& one : copies) {
      SHIDE_TRY(copy, unit.of<PostCopy>().load(one.id));
      if (copy.version != one.version) continue;
      copy.look_at = later;
      SHIDE_CHECK(unit.of<PostCopy>().save(copy));
      SHIDE_CHECK(unit.audit(copy, "look_at"));
    }
    return {};
  });
}

Result<int> look_for(ports::Ports& ports, const Id<model::School>& school) {
  Time now = ports.clock->now();
  std::string host = ports.publisher->host();
  SHIDE_TRY(copies, ports.store->read(job_actor(school, kJob), [&](Unit& unit) {
    return unit.of<PostCopy>().list(Query<PostCopy>{}.where(&PostCopy::host, host).where_less(&PostCopy::look_at, now + 1).order_by(&PostCopy::look_at).limit(kMostLooks));
  }));
  if (copies.empty()) return 0;
  SHIDE_TRY(may, may_be_asked(ports, school));
  if (!may) return 0;
  int different = 0;
  for (const PostCopy& copy : copies) {
    if (ports.clock->now() >= now + kLongestRound) break;
    Result<CopySeen> seen = ports.publisher->look({copy.post_id, copy.reference});
    if (auto* error = seen.if_error()) {
      if (error->code == ErrorCode::kUnavailable) SHIDE_CHECK(note_host(ports, school, 1, false, *error));
      SHIDE_CHECK(look_later(ports, copies));
      return std::move(*error).with_prefix(host);
    }
    Result<bool> noted = note_look(ports, copy, *seen);
    if (!noted && noted.error().code != ErrorCode::kStale) return noted.error();
    if (noted && *noted) ++different;
  }
  SHIDE_CHECK(note_host(ports, school, 0, true, std::nullopt));
  return different;
}

}  // namespace

std::int64_t pause_after_attempt(std::int64_t attempts, DeliveryKind kind, Chance& chance) {
  std::int64_t longest = kind == DeliveryKind::kWithdraw ? kMinute : kHour;
  std::int64_t pause = std::min(longest, kSecond << std::clamp<std::int64_t>(attempts, 1, 12));
  return chance.between(pause / 2, pause);
}

Result<int> deliver_copies(ports::Ports& ports) {
  return for_each_school(ports, [&](const Id<model::School>& school) { return deliver_for(ports, school); });
}

Result<int> look_at_copies(ports::Ports& ports) {
  return for_each_school(ports, [&](const Id<model::School>& school) { return look_for(ports, school); });
}

}  // namespace shide::workflow
