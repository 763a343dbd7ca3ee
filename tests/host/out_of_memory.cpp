// Memory that runs out at the n-th allocation, for every n until the request gets through: each time the host gets an answer
// or a code, and the next request is answered as if nothing had been. operator new is ours here, for the module too.
// While a request is answered only allocations of 1 KiB and more fail: the destructor of nlohmann::json makes itself a short
// list, so a small one that fails there ends the process, whatever is caught around it.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "door/shide.h"

namespace {

std::atomic<long> left = -1;            // allocations still granted; < 0: all
std::atomic<std::size_t> smallest = 0;  // of those that are counted

void* allocate(std::size_t size) {
  if (size >= smallest && left >= 0 && left-- == 0) {
    left = 0;  // once it is gone, it stays gone until the call is over
    return nullptr;
  }
  return std::malloc(size ? size : 1);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return allocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

int failures = 0;
void fact(const char* name, bool holds, const std::string& otherwise) {
  std::printf(holds ? "ok %s\n" : "not ok %s: %s\n", name, otherwise.c_str());
  if (!holds) ++failures;
}

struct Seen {
  int status = 0;
  int heads = 0;
};

constexpr const char* kPaths[] = {"/shide/", "/shide/staff", "/shide/api/v1/openapi.json", "/shide/no-such-page"};

int32_t ask(shide_section* section, const char* path, Seen& seen) {
  shide_request request = {};
  request.size = sizeof request;
  request.method = shide_text_of("GET");
  request.path = shide_text_of(path);
  request.remote_address = shide_text_of("127.0.0.1");
  shide_response response = {};
  response.size = sizeof response;
  response.context = &seen;
  response.write_head = [](void* context, int32_t status, const shide_pair*, size_t) -> int32_t {
    static_cast<Seen*>(context)->status = status;
    ++static_cast<Seen*>(context)->heads;
    return 0;
  };
  response.write_body = [](void*, const char*, size_t size) { return static_cast<int64_t>(size); };
  return shide_handle(section, &request, &response);
}

void handle_at_every_allocation(shide_section* section, const char* path) {
  std::string name = std::string("a request for ") + path + " survives every n-th allocation";
  Seen usual;
  ask(section, path, usual);
  int bare = 0;
  long n = 0;
  for (bool got_through = false; !got_through && n < 20000; ++n) {
    Seen seen;
    smallest = 1024;
    left = n;
    int32_t code = ask(section, path, seen);
    got_through = left > 0;
    left = -1;
    bool fine = code == SHIDE_OK && seen.heads == 1 && (seen.status == usual.status || seen.status == 500);
    Seen after;
    bool lives = ask(section, "/shide/health", after) == SHIDE_OK && after.status == 200;
    if (!fine || !lives) return fact(name.c_str(), false, "n = " + std::to_string(n) + ", status " + std::to_string(seen.status));
    if (seen.status == 500) ++bare;
  }
  fact(name.c_str(), n < 20000 && bare > 0, "it never got through, or never failed");
}

void start_at_every_allocation(shide_section* section) {
  for (long n = 0; n < 2000000; n = n < 300 ? n + 1 : n + n / 20) {
    shide_error error = {};
    error.size = sizeof error;
    left = n;
    int32_t code = shide_start(section, &error);
    left = -1;
    shide_error_clear(&error);
    if (code == SHIDE_OK) return fact("start survives every n-th allocation", true, "");
    if (code != SHIDE_OUT_OF_MEMORY && code != SHIDE_INTERNAL && code != SHIDE_CONFIGURATION) {
      return fact("start survives every n-th allocation", false, "code " + std::to_string(code));
    }
  }
  fact("start survives every n-th allocation", false, "it never got through");
}

void open_at_every_allocation() {
  for (long n = 0; n < 2000000; n = n < 300 ? n + 1 : n + n / 20) {
    shide_settings settings = {};
    settings.size = sizeof settings;
    shide_section* section = nullptr;
    left = n;
    int32_t code = shide_open(&settings, &section, nullptr);
    left = -1;
    if (code == SHIDE_OK) {
      shide_close(section);
      return fact("open survives every n-th allocation", true, "");
    }
    if (section) return fact("open survives every n-th allocation", false, "a section came with an error");
  }
  fact("open survives every n-th allocation", false, "it never got through");
}

}  // namespace

int main() {
  shide_settings settings = {};
  settings.size = sizeof settings;
  shide_section* section = nullptr;
  open_at_every_allocation();
  if (shide_open(&settings, &section, nullptr) != SHIDE_OK) return 3;
  start_at_every_allocation(section);
  for (const char* path : kPaths) handle_at_every_allocation(section, path);
  shide_close(section);
  return failures == 0 ? 0 : 1;
}
