// What every PhotoVault does. An adapter instantiates it with a maker of empty vaults:
//
//     INSTANTIATE_TEST_SUITE_P(PhotoFiles, PhotoVault_S109, ::testing::Values(PhotoVaultMaker{"files", [] { ... }}));
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/digest.h"
#include "ports/photo_vault.h"

namespace shide::testing {

struct PhotoVaultMaker {
  std::string name;
  std::function<std::unique_ptr<ports::PhotoVault>()> make;
};

class PhotoVault_S109 : public ::testing::TestWithParam<PhotoVaultMaker> {
 protected:
  std::string keep(std::string_view bytes) {
    std::string name = sha256_hex(bytes);
    EXPECT_TRUE(vault->put(name, bytes));
    return name;
  }

  std::unique_ptr<ports::PhotoVault> vault = GetParam().make();
};

TEST_P(PhotoVault_S109, GivesBackTheBytesItWasGiven) {
  std::string bytes("a photo \0 with a zero and \xFF", 27);
  auto kept = vault->get(keep(bytes));
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, bytes);
}

TEST_P(PhotoVault_S109, KeepsThePhotoOnceHoweverOftenItIsPut) {
  std::string name = keep("photo");
  keep("photo");
  EXPECT_THAT(*vault->list(), ::testing::ElementsAre(name));
}

TEST_P(PhotoVault_S109, ListsAllInOrder) {
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) names.push_back(keep("photo " + std::to_string(i)));
  std::sort(names.begin(), names.end());
  EXPECT_EQ(*vault->list(), names);
}

TEST_P(PhotoVault_S109, AnEmptyVaultHasAnEmptyList) { EXPECT_THAT(*vault->list(), ::testing::IsEmpty()); }

TEST_P(PhotoVault_S109, RefusesBytesUnderAnothersName) {
  EXPECT_EQ(vault->put(sha256_hex("one"), "other").error().code, ErrorCode::kInternal);
  EXPECT_THAT(*vault->list(), ::testing::IsEmpty());
}

TEST_P(PhotoVault_S109, ANameThatIsNoHashNamesNothing) {
  for (const char* name : {"", "../../../etc/passwd", "..", "AB", "ab/cd"}) {
    EXPECT_FALSE(vault->put(name, "photo")) << name;
    EXPECT_EQ(vault->get(name).error().code, ErrorCode::kNotFound) << name;
    EXPECT_TRUE(vault->remove(name)) << name;
  }
  std::string upper = sha256_hex("photo");
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_FALSE(vault->put(upper, "photo"));
}

TEST_P(PhotoVault_S109, WhatWasRemovedIsNotFound) {
  std::string name = keep("photo"), other = keep("other");
  ASSERT_TRUE(vault->remove(name));
  EXPECT_EQ(vault->get(name).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(*vault->list(), ::testing::ElementsAre(other));
  EXPECT_TRUE(vault->remove(name)) << "removing twice is no error";
}

TEST_P(PhotoVault_S109, TakesManyAtOnce) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this] {
      for (int i = 0; i < 8; ++i) keep("photo " + std::to_string(i));
    });
  }
  for (std::thread& thread : threads) thread.join();
  auto names = vault->list();
  ASSERT_EQ(names->size(), 8u);
  for (const std::string& name : *names) EXPECT_TRUE(vault->get(name));
}

}  // namespace shide::testing
