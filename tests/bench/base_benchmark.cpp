// The words every page is made of: a sentence with its arguments, and the reading of a text file of schema/.
#include <benchmark/benchmark.h>

#include <string>

#include "base/info_file.h"
#include "base/phrase.h"
#include "base/resource.h"

namespace {

void render_a_sentence(benchmark::State& state) {
  const shide::Phrase phrase{"error.invalid", {{"count", 3}}};
  for (auto _ : state) benchmark::DoNotOptimize(shide::render(phrase, shide::Language::kChinese));
}
BENCHMARK(render_a_sentence);

void read_a_text_file(benchmark::State& state) {
  const std::string text{shide::resource("schema/text/zh-CN/error.info").value()};
  for (auto _ : state) benchmark::DoNotOptimize(shide::parse_info(text, "error.info"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_a_text_file);

}  // namespace
