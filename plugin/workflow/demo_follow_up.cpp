// What followed from the demo's visits: demands, rectification, what stands on the public face, and people's ratings.
#include <algorithm>

#include "base/digest.h"
#include "privacy/clearance.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/demo_rows.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using model::Demand;
using model::Post;
using ports::Query;
using ports::Unit;

Result<Id<model::Demand>> add_demand(DemoRows& rows, Unit& unit, const InfoEntry& entry) {
  const model::Visit& visit = rows.visits.at("2020-2021 " + entry.text("class"));
  Demand demand;
  demand.place = visit.place;
  demand.topic = model::from_code<model::DemandTopic>(entry.text("topic")).value_or(model::DemandTopic::kOther);
  demand.urgency = model::from_code<model::Urgency>(entry.text("urgency")).value_or(model::Urgency::kNormal);
  demand.text = entry.text("text");
  demand.state = model::from_code<model::DemandState>(entry.text("state")).value_or(model::DemandState::kRecorded);
  demand.heard_at = DemoRows::time(entry, "heard_at");
  demand.heard_early_reason = entry.text("heard_early_reason");
  demand.recorded_at = demand.heard_at;
  demand.passed_on_at = DemoRows::maybe_time(entry, "passed_on_at");
  demand.owner_name = entry.text("owner");
  if (rows.accounts.count(demand.owner_name)) demand.owner_id = rows.accounts.at(demand.owner_name).id;
  demand.due_on = parse_date(entry.text("due_on"));
  demand.answer = entry.text("answer");
  demand.answered_at = DemoRows::maybe_time(entry, "answered_at");
  demand.carried_back_at = DemoRows::maybe_time(entry, "carried_back_at");
  demand.reply = model::from_code<model::GuardianReply>(entry.text("reply")).value_or(model::GuardianReply::kNone);
  SHIDE_TRY(kept, rows.keep(unit, demand, demand.heard_at));
  SHIDE_CHECK(unit.audit(kept, "text state"));
  return kept.id;
}

Result<void> add_rectification(DemoRows& rows, Unit& unit, const InfoEntry& entry, const std::map<std::string, Id<Demand>>& demands) {
  SHIDE_TRY(owner, rows.account(entry.text("owner")));
  SHIDE_TRY(opener, rows.account(entry.text("opened_by")));
  model::Rectification item;
  item.school_year = entry.text("school_year");
  if (auto group = rows.groups.find(item.school_year + " " + entry.text("grade_group")); group != rows.groups.end()) item.grade_group_id = group->second.id.value;
  std::vector<std::string> from = DemoRows::words(entry.text("from_demand"));
  if (!from.empty() && demands.count(from.front())) item.demand_id = demands.at(from.front());
  item.problem = entry.value + "\n" + entry.text("problem");
  item.measure = entry.text("measure");
  item.standard = entry.text("standard");
  item.owner_id = owner.id;
  item.owner_name = owner.name;
  item.opened_by = opener.id;
  item.opened_at = DemoRows::time(entry, "opened_at");
  item.due_on = parse_date(entry.text("due_on")).value_or(Date{});
  item.state = model::from_code<model::RectificationState>(entry.text("state")).value_or(model::RectificationState::kOpen);
  item.outcome = entry.text("outcome");
  item.submitted_at = DemoRows::maybe_time(entry, "submitted_at");
  if (!entry.text("verified_by").empty()) {
    SHIDE_TRY(verifier, rows.account(entry.text("verified_by")));
    item.verified_by = verifier.id;
    item.verified_by_name = verifier.name;
    item.verified_at = DemoRows::maybe_time(entry, "verified_at");
  }
  SHIDE_TRY(kept, rows.keep(unit, item, item.opened_at));
  return unit.audit(kept, "state");
}

// A piece of the public face with the second person's yes, tied to exactly this text as in life.
Result<void> publish(DemoRows& rows, Unit& unit, Post post, const InfoEntry& entry, const std::string& approved_by) {
  SHIDE_TRY(author, rows.account(post.publisher));
  SHIDE_TRY(approver, rows.account(approved_by));
  post.author_id = author.id;
  post.state = model::PostState::kPublished;
  post.published_at = DemoRows::maybe_time(entry, "published_at");
  if (!post.published_at) post.published_at = DemoRows::maybe_time(entry, "approved_at");
  if (auto views = Decimal::parse(entry.text("views"))) post.views = views->units() / 10'000;
  SHIDE_TRY(kept, rows.keep(unit, post, *post.published_at));
  model::Approval approval;
  approval.post_id = kept.id;
  approval.text_sha256 = privacy::text_sha256(kept);
  approval.approved_by = approver.id;
  approval.approved_at = DemoRows::time(entry, "approved_at");
  approval.school_decision = entry.text("school_decision");
  if (const InfoEntry* consent = entry.child("consent")) {
    const model::Visit& visit = rows.visits.at(kept.school_year + " " + DemoRows::words(entry.text("from")).front());
    model::Consent row;
    row.place = visit.place;
    row.student_id = visit.student_id;
    row.scope = model::ConsentScope::kPublish;
    row.means = model::ConsentMeans::kPaper;
    row.given_at = DemoRows::time(*consent, "given_at");
    row.wording = consent_wording(row.scope);
    row.noted_by = author.id;
    SHIDE_TRY(given, rows.keep(unit, row, row.given_at));
    approval.consent_id = given.id;
  }
  SHIDE_TRY(approved, rows.keep(unit, approval, *post.published_at));
  (void)approved;
  return unit.audit(kept, "state approval");
}

Post post_of(const DemoRows& rows, const InfoEntry& entry, const InfoEntry& last_year) {
  Post post;
  post.kind = model::from_code<model::PostKind>(entry.text("kind")).value_or(model::PostKind::kDigest);
  post.shelf = model::shelf_of(post.kind);
  post.school_year = entry.text("school_year");
  post.title = entry.text("title");
  post.quote = entry.text("quote");
  post.body = entry.text("body");
  if (post.kind == model::PostKind::kPlan) post.body = rows.campaigns.at(post.school_year).plan_text;
  if (post.kind == model::PostKind::kThanks) post.body = entry.text("intro") + "\n\n" + last_year.text("thanks");
  post.source = entry.text("source");
  post.publisher = entry.text("publisher");
  post.grade_name = entry.text("grade");
  std::vector<std::string> ids;
  for (const std::string& name : DemoRows::words(entry.text("from"))) {
    if (auto visit = rows.visits.find(post.school_year + " " + name); visit != rows.visits.end()) ids.push_back(visit->second.id.value);
  }
  post.visit_ids = join(ids, " ");
  post.visit_count = static_cast<std::int64_t>(ids.size());
  return post;
}

}  // namespace

Result<void> add_demo_follow_up(DemoRows& rows) {
  SHIDE_TRY(demands, DemoRows::file("demands"));
  SHIDE_TRY(items, DemoRows::file("rectifications"));
  std::map<std::string, Id<Demand>> ids;
  SHIDE_CHECK(rows.write("demands", [&](Unit& unit) -> Result<void> {
    for (const InfoEntry* entry : demands.all("demand")) {
      SHIDE_TRY(id, add_demand(rows, unit, *entry));
      ids[entry->value] = id;
    }
    return {};
  }));
  return rows.write("rectifications", [&](Unit& unit) -> Result<void> {
    for (const InfoEntry* entry : items.all("rectification")) SHIDE_CHECK(add_rectification(rows, unit, *entry, ids));
    return {};
  });
}

Result<void> add_demo_section(DemoRows& rows) {
  SHIDE_TRY(posts, DemoRows::file("posts"));
  SHIDE_TRY(last_year, DemoRows::file("last_year"));
  return rows.write("posts", [&](Unit& unit) -> Result<void> {
    for (const InfoEntry* entry : posts.all("post")) SHIDE_CHECK(publish(rows, unit, post_of(rows, *entry, last_year), *entry, entry->text("approved_by")));
    for (const InfoEntry* entry : posts.all("voice")) {
      Post post;
      post.kind = model::PostKind::kAnswer;
      post.shelf = model::Shelf::kVoices;
      post.school_year = "2020-2021";
      post.title = entry->text("asked");
      post.quote = entry->text("asked");
      post.body = entry->text("answer");
      post.publisher = posts.all("post").front()->text("publisher");
      SHIDE_CHECK(publish(rows, unit, post, *entry, entry->text("approved_by")));
    }
    return {};
  });
}

Result<void> add_demo_ratings(DemoRows& rows) {
  SHIDE_TRY(file, DemoRows::file("ratings"));
  return rows.write("ratings", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(run, unit.of<model::Appraisal>().first(Query<model::Appraisal>{}.where(&model::Appraisal::campaign_id, rows.campaigns.at("2019-2020").id)));
    for (const InfoEntry* entry : file.all("rating")) {
      SHIDE_TRY(teacher, rows.teacher(entry->value));
      for (const char* component : {"self", "peer", "guardian", "committee"}) {
        std::string value = entry->text(component);
        if (value.empty()) continue;
        model::Rating rating;
        rating.appraisal_id = run.id;
        rating.teacher_id = teacher.id;
        rating.component = component;
        rating.value = value;
        SHIDE_TRY(kept, rows.keep(unit, rating, rows.ports.clock->now()));
        (void)kept;
      }
    }
    return unit.audit(run, "ratings");
  });
}

}  // namespace shide::workflow
