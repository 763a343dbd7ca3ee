/* Sends recorded HTTP requests through the door, one after the other, and says how long each took: a line "STATUS MICROSECONDS".
 *
 *     door_replay LIBRARY DATA_DIRECTORY REQUEST_FILE...
 *
 * The module is opened and started once, as in a host that is up; nothing but shide.h is known of it.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "door/shide.h"

enum { kHeaders = 64 };

typedef struct {
  char* bytes; /* the whole request; cut into texts by read_request */
  size_t body_left;
  const char* body;
  int32_t status;
} exchange;

static int64_t read_body(void* context, char* into, size_t size) {
  exchange* here = context;
  size_t count = here->body_left < size ? here->body_left : size;
  memcpy(into, here->body, count);
  here->body += count;
  here->body_left -= count;
  return (int64_t)count;
}

static int32_t write_head(void* context, int32_t status, const shide_pair* headers, size_t count) {
  (void)headers, (void)count;
  ((exchange*)context)->status = status;
  return 0;
}

static int64_t write_body(void* context, const char* bytes, size_t size) {
  (void)context, (void)bytes;
  return (int64_t)size;
}

static void give_up(const char* what, const char* which) {
  fprintf(stderr, "door_replay: %s: %s\n", what, which);
  exit(3);
}

static size_t read_file(const char* path, char** bytes) {
  FILE* file = fopen(path, "rb");
  if (!file) give_up("cannot be read", path);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  *bytes = malloc(size + 1);
  if (!*bytes || fread(*bytes, 1, size, file) != size) give_up("cannot be read", path);
  (*bytes)[size] = '\0';
  fclose(file);
  return size;
}

/* "POST /shide/visits/x HTTP/1.1", the headers, an empty line, the body. */
static shide_request read_request(const char* path, exchange* here, shide_pair* headers) {
  size_t size = read_file(path, &here->bytes);
  char* head_end = strstr(here->bytes, "\r\n\r\n");
  if (!head_end) give_up("is no request", path);
  here->body = head_end + 4;
  here->body_left = size - (size_t)(here->body - here->bytes);
  head_end[2] = '\0';
  shide_request request = {0};
  request.size = sizeof request;
  char* line = strstr(here->bytes, "\r\n");
  *line = '\0';
  char* method_end = strchr(here->bytes, ' ');
  char* path_end = strchr(method_end + 1, ' ');
  request.method = (shide_text){here->bytes, (size_t)(method_end - here->bytes)};
  request.path = (shide_text){method_end + 1, (size_t)(path_end - method_end - 1)};
  for (line += 2; *line && request.header_count < kHeaders;) {
    char* end = strstr(line, "\r\n");
    char* colon = strstr(line, ": ");
    headers[request.header_count].name = (shide_text){line, (size_t)(colon - line)};
    headers[request.header_count++].value = (shide_text){colon + 2, (size_t)(end - colon - 2)};
    line = end + 2;
  }
  request.headers = headers;
  request.remote_address = shide_text_of("127.0.0.1");
  request.context = here;
  request.read_body = read_body;
  return request;
}

static double microseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void* symbol(void* library, const char* name) {
  void* found = dlsym(library, name);
  if (!found) give_up("is missing", name);
  return found;
}

int main(int argument_count, char** arguments) {
  if (argument_count < 4) give_up("usage", "door_replay LIBRARY DATA_DIRECTORY REQUEST_FILE...");
  void* library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
  if (!library) give_up("cannot be loaded", dlerror());
  int32_t (*open_section)(const shide_settings*, shide_section**, shide_error*) = symbol(library, "shide_open");
  int32_t (*start)(shide_section*, shide_error*) = symbol(library, "shide_start");
  int32_t (*handle)(shide_section*, const shide_request*, const shide_response*) = symbol(library, "shide_handle");
  void (*close_section)(shide_section*) = symbol(library, "shide_close");

  /* The demo's day, so that a session of shided on the same data is still good here. */
  shide_pair demo = {shide_text_of("demo.enabled"), shide_text_of("on")};
  shide_settings settings = {sizeof settings, {0}, shide_text_of(arguments[2]), &demo, 1, shide_text_of("en")};
  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  shide_section* section = NULL;
  if (open_section(&settings, &section, &error) != SHIDE_OK || start(section, &error) != SHIDE_OK) {
    give_up("the module does not start", error.message.bytes ? error.message.bytes : "no message");
  }
  for (int i = 3; i < argument_count; ++i) {
    exchange here = {0};
    shide_pair headers[kHeaders];
    shide_request request = read_request(arguments[i], &here, headers);
    shide_response response = {sizeof response, &here, write_head, write_body};
    double begin = microseconds();
    handle(section, &request, &response);
    printf("%d %.0f\n", (int)here.status, microseconds() - begin);
    free(here.bytes);
  }
  close_section(section);
  return 0;
}
