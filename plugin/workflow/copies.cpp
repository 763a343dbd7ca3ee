#include "workflow/copies.h"

#include <algorithm>
#include <map>

#include "workflow/job.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {

using model::Actor;
using model::CopyHost;
using model::CopyState;
using model::Delivery;
using model::DeliveryKind;
using model::DeliveryState;
using model::Post;
using model::PostCopy;
using model::PostState;
using model::Role;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kMostShown = 200;

bool decides(const Actor& actor) { return actor.has(Role::kUnionEditor) || actor.has(Role::kStudentOffice); }
bool reads(const Actor& actor) { return decides(actor) || actor.has(Role::kHead); }

Query<Delivery> unfinished() { return Query<Delivery>{}.where_one_of(&Delivery::state, std::vector<DeliveryState>{DeliveryState::kWaiting, DeliveryState::kDead}); }

/// Waiting or dead; one at most.
Result<std::optional<Delivery>> unfinished_of(Unit& unit, const Id<PostCopy>& copy) {
  SHIDE_TRY(list, unit.of<Delivery>().list(unfinished().where(&Delivery::copy_id, copy).newest_first().limit(1)));
  return list.empty() ? std::optional<Delivery>{} : std::optional<Delivery>{list.front()};
}

Result<void> finish(Unit& unit, Delivery& delivery, DeliveryState state, Time now) {
  delivery.state = state;
  delivery.done_at = now;
  SHIDE_CHECK(unit.of<Delivery>().save(delivery));
  return unit.audit(delivery, "state");
}

Result<void> settle(Unit& unit, PostCopy& copy, CopyState state) {
  copy.state = state;
  copy.look_at.reset();
  SHIDE_CHECK(unit.of<PostCopy>().save(copy));
  return unit.audit(copy, "state");
}

Result<void> recall(Unit& unit, const Post& post, PostCopy& copy, const std::string& host, Time now) {
  SHIDE_TRY(open, unfinished_of(unit, copy.id));
  if (open && open->kind == DeliveryKind::kWithdraw) return {};
  bool never_sent = open && open->attempts == 0 && copy.reference.empty();
  if (never_sent) {
    SHIDE_CHECK(finish(unit, *open, DeliveryState::kOvertaken, now));
    return settle(unit, copy, CopyState::kWithdrawn);
  }
  if (copy.host == host) return open_delivery(unit, copy, DeliveryKind::kWithdraw, now);
  if (open) SHIDE_CHECK(finish(unit, *open, DeliveryState::kOvertaken, now));
  SHIDE_CHECK(ask_for_take_down(unit, post, copy.address, now));
  return settle(unit, copy, CopyState::kLeft);
}

}  // namespace

Result<void> open_delivery(Unit& unit, const PostCopy& copy, DeliveryKind kind, Time now) {
  SHIDE_TRY(open, unfinished_of(unit, copy.id));
  if (open && open->kind == kind && open->state == DeliveryState::kWaiting && !open->under_way_until) return {};
  Delivery delivery;
  delivery.id = new_id<Delivery>(now);
  delivery.school_id = copy.school_id;
  delivery.copy_id = copy.id;
  delivery.kind = kind;
  delivery.created_at = now;
  delivery.next_attempt_at = now;
  if (open) {
    // Two who work on one copy at once could leave it public after its withdrawal.
    if (open->under_way_until && *open->under_way_until > now) delivery.next_attempt_at = *open->under_way_until;
    SHIDE_CHECK(finish(unit, *open, DeliveryState::kOvertaken, now));
  }
  SHIDE_CHECK(unit.of<Delivery>().save(delivery));
  return unit.audit(delivery, "opened");
}

Result<void> want_copy(Unit& unit, const Post& post, const std::string& host, Time now) {
  if (host.empty()) return {};
  SHIDE_TRY(there, unit.of<PostCopy>().count(Query<PostCopy>{}.where(&PostCopy::post_id, post.id).where(&PostCopy::host, host)));
  if (there > 0) return {};
  PostCopy copy;
  copy.id = new_id<PostCopy>(now);
  copy.school_id = post.school_id;
  copy.post_id = post.id;
  copy.host = host;
  SHIDE_CHECK(unit.of<PostCopy>().save(copy));
  SHIDE_CHECK(unit.audit(copy, "wanted"));
  return open_delivery(unit, copy, DeliveryKind::kPublish, now);
}

Result<void> move_copy(Unit& unit, const Post& post, const std::string& host, Time now) {
  if (host.empty() || post.state != PostState::kPublished) return {};
  SHIDE_TRY(copies, unit.of<PostCopy>().list(Query<PostCopy>{}.where(&PostCopy::post_id, post.id).where(&PostCopy::host, host)));
  for (const PostCopy& copy : copies) {
    if (copy.state == CopyState::kLeft || copy.state == CopyState::kWithdrawn) continue;
    SHIDE_TRY(open, unfinished_of(unit, copy.id));
    // What is under way may have read the shelf before it changed.
    bool reads_it_later = open && !open->under_way_until && open->kind != DeliveryKind::kMove;
    if (!reads_it_later) SHIDE_CHECK(open_delivery(unit, copy, DeliveryKind::kMove, now));
  }
  return {};
}

Result<void> recall_copies(ports::Ports& ports, const Id<model::School>& school, const Id<Post>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(job_actor(school, "recall_copies"), "recall_copies", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(copies, unit.of<PostCopy>().list(Query<PostCopy>{}.where(&PostCopy::post_id, id).where_not(&PostCopy::state, CopyState::kWithdrawn)));
    if (copies.empty()) return {};
    SHIDE_TRY(post, unit.of<Post>().load(id));
    for (PostCopy& copy : copies) SHIDE_CHECK(recall(unit, post, copy, ports.publisher->host(), now));
    return {};
  });
}

bool needs_person(const CopyAtDesk& one) {
  bool is_dead = one.delivery && one.delivery->state == DeliveryState::kDead;
  bool is_being_mended = one.delivery && one.delivery->state == DeliveryState::kWaiting;
  bool by_hand = one.copy.state == CopyState::kChanged || one.copy.state == CopyState::kGone;
  return is_dead || (by_hand && !is_being_mended);
}

Result<std::vector<CopyAtDesk>> copies_at_desk(ports::Ports& ports, const Actor& actor) {
  if (!reads(actor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<CopyAtDesk>> {
    SHIDE_TRY(copies, unit.of<PostCopy>().list(Query<PostCopy>{}.newest_first().limit(kMostShown)));
    SHIDE_TRY(deliveries, unit.of<Delivery>().list(unfinished()));
    SHIDE_TRY(posts, unit.of<Post>().list(Query<Post>{}));
    std::map<std::string, const Delivery*> delivery_of;
    for (const Delivery& one : deliveries) delivery_of[one.copy_id.value] = &one;
    std::map<std::string, const Post*> post_of;
    for (const Post& one : posts) post_of[one.id.value] = &one;
    std::vector<CopyAtDesk> list;
    for (PostCopy& copy : copies) {
      const Post* post = post_of[copy.post_id.value];
      const Delivery* delivery = delivery_of[copy.id.value];
      if (post) list.push_back({copy, post->title, post->state == PostState::kWithdrawn, delivery ? std::optional<Delivery>(*delivery) : std::nullopt});
    }
    return list;
  });
}

Result<std::optional<CopyHost>> silent_host(ports::Ports& ports, const Actor& actor) {
  if (!reads(actor)) return not_found();
  auto host = ports.store->read(actor, [&](Unit& unit) { return unit.of<CopyHost>().first(Query<CopyHost>{}.where(&CopyHost::host, ports.publisher->host())); });
  if (!host) return host.error().code == ErrorCode::kNotFound ? Result<std::optional<CopyHost>>(std::nullopt) : Result<std::optional<CopyHost>>(host.error());
  return host->rests_until ? std::optional<CopyHost>(*host) : std::nullopt;
}

Result<PostCopy> retry_copy(ports::Ports& ports, const Actor& actor, const Id<PostCopy>& id) {
  if (!decides(actor)) return not_found();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "retry_copy", [&](Unit& unit) -> Result<PostCopy> {
    SHIDE_TRY(copy, unit.of<PostCopy>().load(id));
    SHIDE_TRY(open, unfinished_of(unit, id));
    if (open && open->state == DeliveryState::kWaiting) return copy;
    if (open) {
      open->state = DeliveryState::kWaiting;
      open->attempts = 0;
      open->next_attempt_at = now;
      SHIDE_CHECK(unit.of<Delivery>().save(*open));
      SHIDE_CHECK(unit.audit(*open, "state"));
      return copy;
    }
    SHIDE_TRY(post, unit.of<Post>().load(copy.post_id));
    bool by_hand = copy.state == CopyState::kChanged || copy.state == CopyState::kGone || copy.state == CopyState::kLeft;
    if (!by_hand || copy.host != ports.publisher->host()) return Error{ErrorCode::kInvalid, {"copies.nothing_to_do"}};
    SHIDE_CHECK(open_delivery(unit, copy, post.state == PostState::kWithdrawn ? DeliveryKind::kWithdraw : DeliveryKind::kReplace, now));
    return copy;
  });
}

Result<PostCopy> give_up_copy(ports::Ports& ports, const Actor& actor, const Id<PostCopy>& id) {
  if (!decides(actor)) return not_found();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "give_up_copy", [&](Unit& unit) -> Result<PostCopy> {
    SHIDE_TRY(copy, unit.of<PostCopy>().load(id));
    if (copy.state == CopyState::kLeft) return copy;
    SHIDE_TRY(open, unfinished_of(unit, id));
    if (!open && (copy.state == CopyState::kStanding || copy.state == CopyState::kWithdrawn)) return Error{ErrorCode::kInvalid, {"copies.nothing_to_do"}};
    if (open) {
      SHIDE_CHECK(finish(unit, *open, DeliveryState::kGivenUp, now));
      SHIDE_TRY(post, unit.of<Post>().load(copy.post_id));
      if (open->kind == DeliveryKind::kWithdraw) SHIDE_CHECK(ask_for_take_down(unit, post, copy.address, now));
    }
    SHIDE_CHECK(settle(unit, copy, CopyState::kLeft));
    return copy;
  });
}

}  // namespace shide::workflow
