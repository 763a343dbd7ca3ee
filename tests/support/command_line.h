// An operator at the machine of an empty house: commands run against stores in memory, what they print is kept.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "console/program.h"
#include "support/empty_house.h"

namespace shide::testing {

class HouseEnvironment : public console::Environment {
 public:
  explicit HouseEnvironment(ports::Ports& ports) : ports_(ports) {}
  Result<ports::Ports*> open(const console::Whereabouts&) override { return &ports_; }
  ports::Ports& ports() override { return ports_; }
  std::string option(std::string_view name) const override {
    auto found = options_set.find(name);
    return found == options_set.end() ? "" : found->second;
  }
  std::vector<console::OptionLine> options(Language) const override { return {}; }

  std::map<std::string, std::string, std::less<>> options_set;

 private:
  ports::Ports& ports_;
};

class CommandLine : public ::testing::Test {
 protected:
  CommandLine() {
    streams.out = [this](std::string_view text) { out += text; };
    streams.err = [this](std::string_view text) { err += text; };
    streams.read = [](char*, std::size_t) { return 0L; };
  }

  EmptyHouse house{time_of(*make_date(2021, 1, 13), 9)};
  HouseEnvironment environment{house.ports};
  console::Streams streams;
  std::string out, err;
};

}  // namespace shide::testing
