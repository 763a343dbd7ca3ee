// A section with another site beside it: posts and what becomes of their copies.
#pragma once

#include "support/plain_publisher.h"
#include "support/section_school.h"
#include "workflow/copies.h"
#include "workflow/deliver_copies.h"
#include "workflow/run_outbox.h"

namespace shide::testing {

class Outside : public SectionSchool {
 protected:
  Outside() { site = join(school); }
  static PlainPublisher* join(TestSchool& other) {
    auto owned = std::make_unique<PlainPublisher>();
    PlainPublisher* joined = owned.get();
    other.ports.publisher = std::move(owned);
    return joined;
  }
  /// On our own pages; its copy not yet begun.
  Id<model::Post> approved() {
    Id<model::Post> id = in_review(digest());
    EXPECT_TRUE(approve(id));
    EXPECT_TRUE(workflow::run_outbox(school.ports));
    return id;
  }
  void withdraw(const Id<model::Post>& id) {
    EXPECT_TRUE(workflow::withdraw_post(school.ports, school.office, id, "家长要求"));
    EXPECT_TRUE(workflow::run_outbox(school.ports));
  }
  void deliver() { (void)workflow::deliver_copies(school.ports); }
  void look() { (void)workflow::look_at_copies(school.ports); }
  /// Hours of the job thread, a minute at a time.
  void work_for(std::int64_t time) {
    for (std::int64_t passed = 0; passed < time; passed += kMinute) {
      school.clock->advance(kMinute);
      deliver();
      look();
    }
  }
  Id<model::Post> standing() {
    Id<model::Post> id = approved();
    deliver();
    EXPECT_EQ(copy().state, model::CopyState::kStanding);
    return id;
  }
  model::PostCopy copy() const { return school.rows<model::PostCopy>().back(); }
  model::Delivery delivery() const { return school.rows<model::Delivery>().back(); }
  int shown(const Id<model::Post>& id) const { return site->public_copies(ports::copy_name(id)); }
  PlainPublisher* site = nullptr;  // owned by the school's ports
};

}  // namespace shide::testing
