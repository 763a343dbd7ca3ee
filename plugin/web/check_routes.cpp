#include "web/check_routes.h"

#include "base/text.h"
#include "base/text_file.h"
#include "web/call.h"
#include "web/check_view.h"
#include "web/photo_upload.h"
#include "web/problem.h"
#include "web/rate_limit.h"
#include "web/session.h"
#include "workflow/name_list.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::CheckPassage;

constexpr std::size_t kCheckBody = 26 * 1024 * 1024;
constexpr std::size_t kMostPhotos = 9;  // what a post in a chat takes
constexpr std::size_t kMegabyte = 1u << 20;
constexpr std::size_t kMostChecks = 30;   // of one account within kCheckWindow
constexpr std::int64_t kCheckWindow = 10 * kMinute;

/// What was sent, sorted; `problems` are told beside their fields, and then nothing is checked.
struct Sent {
  std::vector<CheckPassage> passages;
  std::vector<std::string> names;
  std::size_t attachments = 0;
  std::vector<const Upload*> documents, photos;
  std::vector<Problem> problems;
  void problem(std::string field, Phrase phrase) { problems.push_back({std::move(field), std::move(phrase)}); }
};

/// By its first bytes (a zip, or the file system that a .doc is); of what was too large to keep, by its name.
bool is_document(const Upload& upload) {
  std::string_view bytes = upload.bytes;
  std::string name = lower_ascii(upload.file_name);
  return bytes.starts_with("PK") || bytes.starts_with("\xD0\xCF\x11\xE0") || name.ends_with(".docx") || name.ends_with(".doc");
}

void take_names(const Form& form, Sent& sent) {
  std::string list(form.text("names"));
  if (const Upload* file = form.file("names_file")) {
    auto text = text_of_file(file->bytes);
    if (!text || file->too_large()) sent.problem("names_file", {"check.names_unreadable"});
    list += "\n" + text.value_or("");
  }
  sent.names = workflow::names_in(list);
  if (sent.names.size() > workflow::kMostNames) sent.problem("names", {"check.names_too_many", {{"count", sent.names.size()}, {"limit", workflow::kMostNames}}});
}

void take_document(ports::Ports& ports, const Upload& upload, Sent& sent) {
  if (upload.too_large()) {
    return sent.problem("files", {"document.too_large", {{"size", (upload.size + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumDocumentBytes / kMegabyte}}});
  }
  auto document = ports.documents->read_docx(upload.bytes);
  if (auto* error = document.if_error()) return sent.problem("files", problems_of(outward(*error), "files").front().phrase);
  sent.attachments = document->attachments;
  for (auto& passage : document->passages) sent.passages.push_back({passage.part, std::move(passage.text)});
}

Sent take(ports::Ports& ports, const Form& form) {
  Sent sent;
  take_names(form, sent);
  std::string text = replace_all(std::string(form.text("text")), "\r\n", "\n");
  if (!trim(text).empty()) sent.passages.push_back({{}, std::move(text)});
  for (const Upload& upload : form.files()) {
    if (upload.field == "files" && upload.size > 0) (is_document(upload) ? sent.documents : sent.photos).push_back(&upload);
  }
  if (sent.documents.size() > 1) sent.problem("files", {"check.one_document"});
  else if (!sent.documents.empty()) take_document(ports, *sent.documents.front(), sent);
  if (sent.photos.size() > kMostPhotos) sent.problem("files", {"check.most_photos", {{"limit", kMostPhotos}}});
  if (sent.problems.empty() && sent.passages.empty() && sent.photos.empty()) {
    sent.problem(sent.documents.empty() ? "text" : "files", {sent.documents.empty() ? "check.nothing_sent" : "check.empty_document"});
  }
  return sent;
}

Response form_page(Call& call, const std::vector<Problem>& problems, int status = 422) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"check.title"})}, {"errors", fields.summary()}};
  view["text_field"] = fields.area("text", "check.text", {.optional = true, .limit = static_cast<int>(workflow::kLongestCheck), .rows = 8});
  view["files_field"] = fields.file("files", "check.files", ".docx,image/jpeg,image/png", {.optional = true});
  view["names_field"] = fields.area("names", "check.names", {.optional = true, .rows = 3});
  view["names_file_field"] = fields.file("names_file", "check.names_file", ".csv,.txt", {.optional = true});
  return call.page("check", std::move(view), problems.empty() ? 200 : status);
}

CheckedPhoto read_photo(ports::Ports& ports, const Upload& upload) {
  Result<ports::CleanPhoto> photo = upload.too_large() ? Result<ports::CleanPhoto>(too_large_photo(upload)) : ports.photo_reader->read(upload.bytes);
  if (auto* error = photo.if_error()) return {std::nullopt, problems_of(outward(*error), "files").front().phrase};
  return {std::move(*photo), {}};
}

Result<Response> show_form(ports::Ports&, Call& call) { return form_page(call, {}); }

Response too_often(Call& call, std::int64_t wait) {
  Response response = form_page(call, {{"text", {"check.too_often", {{"minutes", (wait + kMinute - 1) / kMinute}}}}}, status_of(ErrorCode::kTooMany));
  set_header(response, "Retry-After", std::to_string((wait + kSecond - 1) / kSecond));
  return response;
}

Result<Response> check_sent(ports::Ports& ports, Call& call, RateLimit& limit) {
  if (std::int64_t wait = limit.wait(call.actor().account.value, call.now()); wait > 0) return too_often(call, wait);
  Sent sent = take(ports, call.form());
  if (!sent.problems.empty()) return form_page(call, sent.problems);
  auto check = workflow::check_passages(ports, call.actor(), sent.passages, sent.names);
  if (auto* error = check.if_error()) {
    if (error->code != ErrorCode::kTooLarge) return std::move(*error);
    return form_page(call, problems_of(*error, sent.documents.empty() ? "text" : "files"));
  }
  CheckedPost post{std::move(sent.passages), std::move(*check), sent.names.size(), sent.attachments, {}};
  for (const Upload* photo : sent.photos) post.photos.push_back(read_photo(ports, *photo));
  Response response = call.page("check_result", check_view(call, post));
  set_header(response, "Content-Security-Policy", content_security_policy("data:"));  // the photos stand in the page
  return response;
}

// The cleaned text as the answer page gives it back; what comes is only set, never looked at or kept.
Result<Response> word_of(ports::Ports& ports, Call& call) {
  std::vector<std::string> paragraphs;
  for (std::string_view line : split(call.form().text("clean"), '\n')) {
    if (!trim(line).empty()) paragraphs.emplace_back(trim(line));
  }
  SHIDE_TRY(bytes, ports.documents->docx({}, paragraphs));
  return call.download(std::move(bytes), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", call.say({"check.word_name"}) + ".docx");
}

}  // namespace

std::vector<Route> check_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  auto limit = std::make_shared<RateLimit>(kMostChecks, kCheckWindow);
  return {
      {Method::kGet, "/check", signed_in(), bound(show_form), BarLink{"nav.check", 90}},
      {.method = Method::kPost, .pattern = "/check", .permission = signed_in(), .handler = [&ports, limit](Call& call) { return check_sent(ports, call, *limit); }, .body_limit = kCheckBody},
      {Method::kPost, "/check/word", signed_in(), bound(word_of)},
  };
}

}  // namespace shide::web
