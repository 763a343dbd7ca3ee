#include "audit/canonical.h"

#include <gtest/gtest.h>

namespace shide::audit {
namespace {

model::AuditEvent an_event() {
  model::AuditEvent event;
  event.id = {"i"};
  event.school_id = {"s"};
  event.at = {1611491400000000};
  event.actor = "a";
  event.roles = "teacher";
  event.verb = "look";
  event.object_kind = "visits";
  event.object_id = "v";
  event.fields = "视图";
  event.sequence = 12;
  return event;
}

TEST(Canonical, AnEntryIsItsPartsWithTheirLengths) {
  EXPECT_EQ(canonical(entry_of(an_event())), "13:shide-audit-1,1:s,2:12,1:i,16:1611491400000000,1:a,7:teacher,4:look,6:visits,1:v,6:视图,0:,");
  EXPECT_EQ(leaf_of(entry_of(an_event())), leaf_hash(canonical(entry_of(an_event()))));
}

TEST(Canonical, AHeadIsItsPartsWithoutTheSignature) {
  model::AuditHead head;
  head.school_id = {"s"};
  head.size = 3;
  head.root = "ab";
  head.signed_at = {5};
  head.key_id = "k";
  head.signature = "not covered by itself";
  EXPECT_EQ(canonical(head), "18:shide-audit-head-1,1:s,1:3,2:ab,1:5,1:k,");
}

TEST(Canonical, HoldsOfAReasonOnlyACommitment) {
  model::AuditEvent event = an_event();
  event.reason = "丁小满的家长打来电话";
  event.reason_salt = "salt";
  std::string bytes = canonical(entry_of(event));
  EXPECT_EQ(bytes.find("丁小满"), std::string::npos);
  EXPECT_NE(bytes.find(hmac_sha256_hex("salt", event.reason)), std::string::npos);
  event.reason_salt = "another";
  EXPECT_NE(canonical(entry_of(event)), bytes);
}

TEST(Canonical, WhatMovesFromOnePartToTheNextChangesTheBytes) {
  model::AuditEvent one = an_event(), two = an_event();
  one.roles = "teacher,4:look";
  two.verb = "look,4:look";
  EXPECT_NE(canonical(entry_of(one)), canonical(entry_of(two)));
}

}  // namespace
}  // namespace shide::audit
