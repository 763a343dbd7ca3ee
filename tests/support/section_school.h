// A school with five accepted, redacted records, and the ways of its posts: for tests of the staff view and the public face.
#pragma once

#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/post.h"
#include "workflow/section.h"
#include "workflow/sign_in.h"
#include "workflow/visit.h"

namespace shide::testing {

inline workflow::PostForm digest_of(const TestSchool& school) {
  workflow::PostForm form{"", "digest", "三年级组：先说优点", "先说优点，家长才听得进不足。", "先说优点，家长才听得进不足。\n\n每天放学看一眼书包。", "本站原创", "", {}};
  for (int i = 0; i < 5; ++i) form.visits.push_back(school.visits[i].value);
  return form;
}

class SectionSchool : public ::testing::Test {
 protected:
  SectionSchool() {
    school.start_visiting();
    school.finish_five();
  }
  workflow::PostForm digest() { return digest_of(school); }
  workflow::PostForm single_note() { return {"", "single_note", "门后的奖状", "", "我们先说孩子爱提问，爸爸一直笑。", "本站原创", "", {school.visits[1].value}}; }
  Result<model::Post> compose(const workflow::PostForm& form) { return workflow::compose_post(school.ports, school.editor, form); }
  Result<model::Post> approve(const Id<model::Post>& id, const char* decision = "") { return workflow::approve_post(school.ports, school.office, id, decision); }
  /// Composed by the editor and waiting for somebody else's yes.
  Id<model::Post> in_review(const workflow::PostForm& form) {
    Id<model::Post> id = compose(form)->id;
    EXPECT_TRUE(workflow::request_review(school.ports, school.editor, id));
    return id;
  }
  Id<model::Post> published(const workflow::PostForm& form) {
    Id<model::Post> id = in_review(form);
    EXPECT_TRUE(approve(id));
    school.run_jobs();
    return id;
  }
  void consent(model::ConsentAnswer answer) {
    EXPECT_TRUE(workflow::note_publish_consent(school.ports, school.as(school.homeroom[1]), school.visits[1], answer, model::ConsentMeans::kPaper));
  }
  model::PostState state_of(const Id<model::Post>& id) { return workflow::post_at_work(school.ports, school.editor, id)->state; }
  model::Actor visitor() { return *workflow::public_actor(school.ports); }
  TestSchool school;
};

}  // namespace shide::testing
