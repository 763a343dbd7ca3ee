#include "ports/publisher.h"

#include <algorithm>

#include "base/digest.h"
#include "base/markup.h"
#include "base/text.h"

namespace shide::ports {
namespace {

std::string without_blanks(const std::string& text) {
  std::string kept = clean_text(text).value_or(text);
  std::erase_if(kept, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
  return kept;
}

}  // namespace

std::string copy_name(const Id<model::Post>& post) { return "shide-" + post.value; }

std::string post_html(const model::Post& post) {
  std::string lead = post.quote.empty() ? "" : "<p><strong>" + escape_html(post.quote) + "</strong></p>\n";
  return lead + plain_html(post.body);
}

std::string copy_html(const model::Post& post) {
  Phrase byline{"copy_text.byline", {{"source", post.source}, {"publisher", post.publisher}}};
  return post_html(post) + plain_html(render(byline, Language::kChinese));
}

std::string copy_digest(std::string_view title, std::string_view html) {
  MarkupReading reading = read_markup(html);
  std::string words = without_blanks(std::string(title)) + "\n" + without_blanks(reading.shown);
  for (const std::string& link : reading.links) words += "\n" + link;
  for (const std::string& hidden : reading.hidden) words += "\n" + without_blanks(hidden);
  return sha256_hex(words);
}

}  // namespace shide::ports
