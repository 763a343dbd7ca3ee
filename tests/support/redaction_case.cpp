#include "support/redaction_case.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/info_file.h"
#include "base/text.h"
#include "support/source_dir.h"

namespace shide::test {
namespace {

std::string unmarked(std::string_view marked, std::vector<Mark>& marks) {
  std::u32string in = to_code_points(marked), out;
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in[i] != U'{') {
      out += in[i];
      continue;
    }
    std::size_t close = in.find(U'}', i), colon = in.rfind(U':', close);
    if (close == std::u32string::npos || colon == std::u32string::npos || colon < i) throw std::runtime_error("a mark does not end: " + std::string(marked));
    std::u32string passage = in.substr(i + 1, colon - i - 1);
    marks.push_back({out.size(), out.size() + passage.size(), to_utf8(std::u32string_view(in).substr(colon + 1, close - colon - 1)), to_utf8(passage)});
    out += passage;
    i = close;
  }
  return to_utf8(out);
}

RedactionCase read_case(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  auto info = parse_info(bytes, path.filename().string());
  if (!info.ok()) throw std::runtime_error(info.error().detail);
  RedactionCase one;
  one.name = path.stem().string();
  if (const InfoEntry* known = info->child("known")) {
    for (const InfoEntry& entry : known->children) {
      if (entry.key == "student") one.known.students.push_back(entry.value);
      if (entry.key == "teacher") one.known.teachers.push_back(entry.value);
      if (entry.key == "guardian") one.known.guardians.push_back(entry.value);
      if (entry.key == "other") one.known.others.push_back(entry.value);
      if (entry.key == "class") one.known.classes.push_back(entry.value);
      if (entry.key == "phone") one.known.phones.push_back(entry.value);
      if (entry.key == "address") one.known.addresses.push_back(entry.value);
    }
  }
  if (info->text("byline") == "teachers") one.context.byline = privacy::Byline::kTeachers;
  std::string marked;
  for (const InfoEntry* note : info->all("note")) marked += (marked.empty() ? "" : "\n") + note->value;
  one.text = unmarked(marked, one.marks);
  return one;
}

}  // namespace

RedactionCase marked_sentence(std::string_view marked, const privacy::KnownPeople& known) {
  RedactionCase one;
  one.name = marked;
  one.known = known;
  one.text = unmarked(marked, one.marks);
  return one;
}

std::vector<RedactionCase> redaction_cases(Part part) {
  std::vector<std::filesystem::path> paths;
  std::filesystem::path folder = source_dir() / "tests/golden/redaction";
  if (part == Part::kUnseen) folder /= "unseen";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    if (entry.path().extension() == ".info") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<RedactionCase> cases;
  for (const auto& path : paths) cases.push_back(read_case(path));
  return cases;
}

}  // namespace shide::test
