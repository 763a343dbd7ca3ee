#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

#include "web/application.h"

namespace shide::web {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

/// What a client may invent becomes one word, or the number of series would be the client's to choose.
std::string known_method(const std::string& method) {
  static constexpr std::array<std::string_view, 6> kKnown = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
  return std::find(kKnown.begin(), kKnown.end(), method) == kKnown.end() ? "other" : method;
}

}  // namespace

struct Metrics::Families {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter().Name("shide_requests_total").Help("Requests answered, by route pattern, method and status.").Register(registry);
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram().Name("shide_request_seconds").Help("Time to answer, by route pattern and method.").Register(registry);
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::count(const LogLine& line) {
  std::string method = known_method(line.method);
  families_->requests.Add({{"route", line.pattern}, {"method", method}, {"status", std::to_string(line.status)}}).Increment();
  families_->seconds.Add({{"route", line.pattern}, {"method", method}}, kSeconds).Observe(static_cast<double>(line.microseconds) / 1e6);
}

std::string Metrics::to_text() const { return prometheus::TextSerializer().Serialize(families_->registry.Collect()); }

}  // namespace shide::web
