// What the section counts about its own work, for the operator's Prometheus: requests by route pattern, method and status, and how
// long they took. A pattern names no visit and a status no person, so nothing here is about anybody. Any thread may call.
#pragma once

#include <memory>
#include <string>

namespace shide::web {

struct LogLine;

class Metrics {
 public:
  Metrics();
  ~Metrics();
  void count(const LogLine& line);
  /// The text format of Prometheus.
  std::string to_text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace shide::web
