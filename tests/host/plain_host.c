/* A host in plain C11: loads the module by dlopen and knows nothing of it but shide.h.
 *
 *     plain_host LIBRARY            what a host relies on, a fact a line: "ok NAME" or "not ok NAME: why"
 *     plain_host LIBRARY say        one HTTP request from standard input through the door, the answer to standard output
 *
 * The library is the one of these tests (tests/host/support): its store misbehaves as store.path says.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#include "door/shide.h"

static struct {
  int32_t (*abi_version)(void);
  shide_text (*version)(void);
  int32_t (*check)(const shide_settings*, shide_error*);
  int32_t (*check_option)(shide_text, shide_text, shide_text, shide_error*);
  int32_t (*open)(const shide_settings*, shide_section**, shide_error*);
  shide_text (*option)(const shide_section*, shide_text);
  int32_t (*start)(shide_section*, shide_error*);
  int32_t (*handle)(shide_section*, const shide_request*, const shide_response*);
  int32_t (*command)(shide_section*, int32_t, const shide_text*, const shide_streams*);
  int32_t (*tick)(shide_section*, int64_t, shide_error*);
  void (*stop)(shide_section*);
  void (*close)(shide_section*);
  void (*error_clear)(shide_error*);
} door;

static void* symbol(void* library, const char* name) {
  void* found = dlsym(library, name);
  if (found) return found;
  fprintf(stderr, "%s is missing\n", name);
  exit(3);
}

static void load(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    fprintf(stderr, "%s\n", dlerror());
    exit(3);
  }
#define TAKE(name) *(void**)&door.name = symbol(library, "shide_" #name)
  TAKE(abi_version);
  TAKE(version);
  TAKE(check);
  TAKE(check_option);
  TAKE(open);
  TAKE(option);
  TAKE(start);
  TAKE(handle);
  TAKE(command);
  TAKE(tick);
  TAKE(stop);
  TAKE(close);
  TAKE(error_clear);
#undef TAKE
}

/* ---- facts ---- */

static int failures;

static void fact(const char* name, int holds, const char* otherwise) {
  if (holds) printf("ok %s\n", name);
  else printf("not ok %s: %s\n", name, otherwise), ++failures;
  fflush(stdout);
}

/* ---- a request and its answer ---- */

typedef struct {
  const char* body; /* of the request */
  size_t body_left;
  size_t at_once;  /* how many bytes a callback gives or takes; 0: as many as it likes */
  int heads;       /* how often write_head was called */
  int32_t status;
  char headers[8192];
  char answer[1 << 20];
  size_t answer_size;
  int gone_at_head, gone_at_body, gone_at_read;
} exchange;

static int64_t read_body(void* context, char* into, size_t size) {
  exchange* here = context;
  if (here->gone_at_read) return -1;
  size_t count = here->body_left < size ? here->body_left : size;
  if (here->at_once && count > here->at_once) count = here->at_once;
  if (here->body) memcpy(into, here->body, count), here->body += count;
  else memset(into, 'x', count);
  here->body_left -= count;
  return (int64_t)count;
}

static int32_t write_head(void* context, int32_t status, const shide_pair* headers, size_t count) {
  exchange* here = context;
  ++here->heads;
  here->status = status;
  size_t used = 0;
  for (size_t i = 0; i < count; ++i) {
    int written = snprintf(here->headers + used, sizeof here->headers - used, "%.*s: %.*s\n", (int)headers[i].name.length,
                           headers[i].name.bytes, (int)headers[i].value.length, headers[i].value.bytes);
    used += (size_t)written;
  }
  return here->gone_at_head ? -1 : 0;
}

static int64_t write_body(void* context, const char* bytes, size_t size) {
  exchange* here = context;
  if (here->gone_at_body) return -1;
  if (here->at_once && size > here->at_once) size = here->at_once;
  if (here->answer_size + size >= sizeof here->answer) return -1;
  memcpy(here->answer + here->answer_size, bytes, size);
  here->answer_size += size;
  here->answer[here->answer_size] = '\0';
  return (int64_t)size;
}

static shide_request request_for(exchange* here, const char* method, const char* path) {
  memset(here, 0, sizeof *here);
  shide_request request = {0};
  request.size = sizeof request;
  request.method = shide_text_of(method);
  request.path = shide_text_of(path);
  request.remote_address = shide_text_of("127.0.0.1");
  request.context = here;
  return request;
}

static int32_t serve(shide_section* section, exchange* here, const shide_request* request) {
  shide_response response = {sizeof response, here, write_head, write_body};
  return door.handle(section, request, &response);
}

static exchange last; /* large, so not on the stack */

static int32_t status_of(shide_section* section, const char* path) {
  shide_request request = request_for(&last, "GET", path);
  serve(section, &last, &request);
  return last.status;
}

/* ---- opening ---- */

static int32_t open_with(shide_section** section, const char* name, const char* value, shide_error* error) {
  shide_pair option = {shide_text_of(name), shide_text_of(value)};
  shide_settings settings = {0};
  settings.size = sizeof settings;
  settings.options = &option;
  settings.option_count = name ? 1 : 0;
  settings.language = shide_text_of("en");
  return door.open(&settings, section, error);
}

static shide_section* started_with(const char* name, const char* value) {
  shide_section* section = NULL;
  if (open_with(&section, name, value, NULL) != SHIDE_OK || door.start(section, NULL) != SHIDE_OK) {
    fprintf(stderr, "the module does not open\n");
    exit(3);
  }
  return section;
}

/* ---- what a host relies on ---- */

static void one_life(void) {
  fact("the library has the ABI of its header", door.abi_version() == SHIDE_ABI_VERSION, "another number");
  fact("the release has a name", door.version().length >= 5, "none");

  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  shide_section* section = NULL;
  fact("open takes the defaults", open_with(&section, NULL, NULL, &error) == SHIDE_OK && section, "no section");
  fact("before start a request gets 503", status_of(section, "/shide/health") == 503, "another status");
  fact("before start a tick is refused", door.tick(section, 0, NULL) == SHIDE_NOT_STARTED, "another code");
  fact("start", door.start(section, &error) == SHIDE_OK, "no");
  fact("a second start is the host's mistake", door.start(section, &error) == SHIDE_WRONG_ARGUMENT, "another code");
  door.error_clear(&error);
  fact("S112 a request is answered by the loaded module", status_of(section, "/shide/health") == 200 && last.answer_size > 0, "not with 200");
  fact("the head comes once", last.heads == 1, "not once");
  fact("a tick does what is due", door.tick(section, 0, &error) == SHIDE_OK, "another code");
  door.stop(section);
  fact("after stop a request gets 503", status_of(section, "/shide/health") == 503, "another status");
  fact("it starts again", door.start(section, &error) == SHIDE_OK && status_of(section, "/shide/health") == 200, "no");
  door.close(section);

  section = started_with(NULL, NULL);
  fact("closed, it opens again", status_of(section, "/shide/health") == 200, "no");
  shide_section* second = started_with("server.mount", "/other");
  fact("two sections live side by side", status_of(second, "/other/health") == 200 && status_of(section, "/shide/health") == 200, "no");
  door.close(second);
  door.close(section);
}

static void configuration(void) {
  char path[] = "/tmp/shide-plain-host-XXXXXX";
  int file = mkstemp(path);
  const char text[] = "server {\n  prot 80\n}\n";
  if (write(file, text, sizeof text - 1) < 0) exit(3);
  close(file);
  shide_settings settings = {0};
  settings.size = sizeof settings;
  settings.config_path = shide_text_of(path);
  settings.language = shide_text_of("en");
  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  int32_t code = door.check(&settings, &error);
  fact("a wrong option is told with its line", code == SHIDE_CONFIGURATION && error.code == code && error.message.bytes &&
           strstr(error.message.bytes, ":2: server.prot is not an option; did you mean server.port?"),
       error.message.bytes ? error.message.bytes : "no message");
  door.error_clear(&error);
  fact("a cleared error is empty", !error.message.bytes && error.code == SHIDE_OK, "it is not");
  unlink(path);
  settings.config_path = shide_text_of("/nowhere/shide.info");
  fact("a file that is not there is an error", door.check(&settings, NULL) == SHIDE_CONFIGURATION, "another code");

  code = door.check_option(shide_text_of("store.kind"), shide_text_of("oracle"), shide_text_of("en"), &error);
  fact("a bad value of one option is told", code == SHIDE_CONFIGURATION && strstr(error.message.bytes, "store.kind is one of sqlite"),
       error.message.bytes ? error.message.bytes : "no message");
  door.error_clear(&error);
  fact("a good value of one option is fine",
       door.check_option(shide_text_of("store.kind"), shide_text_of("postgresql"), shide_text_of("en"), NULL) == SHIDE_OK, "it is not");

  shide_section* section = NULL;
  open_with(&section, "server.port", "8123", NULL);
  shide_text port = door.option(section, shide_text_of("server.port"));
  fact("a host can read its own options", port.length == 4 && memcmp(port.bytes, "8123", 4) == 0, "not 8123");
  fact("an unknown option is none", door.option(section, shide_text_of("server.prot")).bytes == NULL, "it is something");
  door.close(section);
}

static char heard[4096];
static int32_t heard_level;
static void hear(void* context, int32_t level, shide_text event, shide_text request_id, shide_text detail) {
  heard_level = level;
  snprintf(heard, sizeof heard, "%s %.*s %.*s %.*s", (const char*)context, (int)event.length, event.bytes, (int)request_id.length,
           request_id.length ? request_id.bytes : "", (int)detail.length, detail.length ? detail.bytes : "");
}

static void the_hosts_log(void) {
  shide_pair option = {shide_text_of("store.path"), shide_text_of("throws")};
  shide_settings settings = {0};
  settings.size = sizeof settings;
  settings.options = &option;
  settings.option_count = 1;
  settings.log_context = "host";
  settings.write_log = hear;
  shide_section* section = NULL;
  if (door.open(&settings, &section, NULL) != SHIDE_OK || door.start(section, NULL) != SHIDE_OK) exit(3);
  int32_t status = status_of(section, "/shide/ready");
  fact("a fault is told to the host's log, with its request", status >= 500 && heard_level == 0 && strncmp(heard, "host request.", 13) == 0, heard);
  door.close(section);
  settings.size = offsetof(shide_settings, log_context); /* as a host of the first release has it */
  heard[0] = '\0';
  section = NULL;
  if (door.open(&settings, &section, NULL) != SHIDE_OK || door.start(section, NULL) != SHIDE_OK) exit(3);
  status_of(section, "/shide/ready");
  fact("a field beyond the size of the struct is not looked at", heard[0] == '\0', heard);
  door.close(section);
}

static void mistakes_of_the_host(void) {
  shide_section* section = started_with(NULL, NULL);
  shide_request request = request_for(&last, "GET", "/shide/health");
  shide_response response = {sizeof response, &last, write_head, write_body};
  shide_request small = request;
  small.size = 8;
  shide_response deaf = {sizeof deaf, &last, NULL, NULL};
  fact("null pointers are refused",
       door.handle(NULL, &request, &response) == SHIDE_WRONG_ARGUMENT && door.handle(section, NULL, &response) == SHIDE_WRONG_ARGUMENT &&
           door.handle(section, &request, NULL) == SHIDE_WRONG_ARGUMENT && door.start(NULL, NULL) == SHIDE_WRONG_ARGUMENT &&
           door.check(NULL, NULL) == SHIDE_WRONG_ARGUMENT && door.open(NULL, NULL, NULL) == SHIDE_WRONG_ARGUMENT,
       "one is not");
  fact("a struct that is too small is refused", door.handle(section, &small, &response) == SHIDE_WRONG_ARGUMENT, "it is not");
  fact("a response without callbacks is refused", door.handle(section, &request, &deaf) == SHIDE_WRONG_ARGUMENT, "it is not");
  door.stop(NULL);
  door.close(NULL);
  door.error_clear(NULL);
  fact("stop, close and clear are safe on null", 1, "");
  door.close(section);
}

static void limits(void) {
  shide_section* section = started_with("request.body_limit_bytes", "65536");
  char path[6000];
  memset(path, 'a', sizeof path);
  memcpy(path, "/shide/", 7);
  path[5999] = '\0';
  fact("a long address gets 414", status_of(section, path) == 414, "another status");
  fact("a path elsewhere gets 404", status_of(section, "/shidex/health") == 404, "another status");
  fact("a control character gets 400", status_of(section, "/shide/\r\nX: y") == 400, "another status");
  fact("a path without a slash gets 400", status_of(section, "shide") == 400, "another status");

  shide_pair many[101];
  for (int i = 0; i < 101; ++i) many[i] = (shide_pair){shide_text_of("X-Some"), shide_text_of("thing")};
  shide_request request = request_for(&last, "GET", "/shide/health");
  request.headers = many;
  request.header_count = 101;
  serve(section, &last, &request);
  fact("a hundred and one headers get 431", last.status == 431, "another status");

  request = request_for(&last, "POST", "/shide/api/v1/session");
  last.body_left = 200000;
  last.at_once = 1000;
  request.read_body = read_body;
  shide_pair json = {shide_text_of("Content-Type"), shide_text_of("application/json")};
  request.headers = &json;
  request.header_count = 1;
  serve(section, &last, &request);
  fact("a body beyond the limit gets 413 and is not read to its end", last.status == 413 && last.body_left > 100000, "another status");

  request = request_for(&last, "POST", "/shide/api/v1/session");
  shide_pair length = {shide_text_of("content-length"), shide_text_of("99999999999999999999999")};
  request.headers = &length;
  request.header_count = 1;
  request.read_body = read_body;
  last.body_left = 10;
  serve(section, &last, &request);
  fact("a declared length beyond the limit gets 413 unread", last.status == 413 && last.body_left == 10, "another status");
  door.close(section);
}

static void peers_that_go(void) {
  shide_section* section = started_with(NULL, NULL);
  shide_request request = request_for(&last, "GET", "/shide/health");
  last.gone_at_head = 1;
  fact("a peer gone at the head is told", serve(section, &last, &request) == SHIDE_PEER_GONE && last.heads == 1 && last.answer_size == 0, "no");
  request = request_for(&last, "GET", "/shide/health");
  last.gone_at_body = 1;
  fact("a peer gone at the body is told", serve(section, &last, &request) == SHIDE_PEER_GONE, "no");
  request = request_for(&last, "GET", "/shide/health");
  last.at_once = 1;
  fact("a host that takes one byte at a time gets them all", serve(section, &last, &request) == SHIDE_OK && last.answer_size > 10, "no");
  request = request_for(&last, "POST", "/shide/api/v1/session");
  request.read_body = read_body;
  last.gone_at_read = 1;
  fact("a body that breaks off is an answer of 4xx", serve(section, &last, &request) == SHIDE_OK && last.status >= 400 && last.status < 500, "no");
  request = request_for(&last, "HEAD", "/shide/health");
  serve(section, &last, &request);
  fact("HEAD has the length and no body", last.answer_size == 0 && strstr(last.headers, "Content-Length: ") && !strstr(last.headers, "Content-Length: 0\n"), last.headers);
  door.close(section);
}

static int32_t broken(const char* way, const char* never) {
  shide_section* section = started_with("store.path", way);
  int32_t status = status_of(section, "/shide/");
  if (strstr(last.answer, never)) status = -1;
  if (status_of(section, "/shide/health") != 200) status = -2;
  door.close(section);
  return status;
}

static void faults_inside(void) {
  fact("a store that does not answer gives 503", broken("refuses", "made to fail") == 503, "another status");
  fact("an exception gives 500 and keeps its words to itself", broken("throws", "138****0000") == 500, "another status");
  fact("a bad_alloc gives 500", broken("exhausts", "bad_alloc") == 500, "another status");

  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  shide_section* section = NULL;
  open_with(&section, "store.path", "absent", &error);
  fact("a database that is not there is unavailable", door.start(section, &error) == SHIDE_UNAVAILABLE, "another code");
  door.error_clear(&error);
  door.close(section);
  open_with(&section, "store.path", "explodes", &error);
  fact("an exception while starting is a code with words",
       door.start(section, &error) == SHIDE_INTERNAL && error.message.bytes && strstr(error.message.bytes, "assemble explodes"), "no");
  door.error_clear(&error);
  door.close(section);
}

/* ---- commands ---- */

static int64_t keep(void* context, const char* bytes, size_t size) { return write_body(context, bytes, size); }
static int64_t refuse(void* context, const char* bytes, size_t size) {
  (void)context, (void)bytes, (void)size;
  return -1;
}

static int32_t run(shide_section* section, const char* word, int64_t (*out)(void*, const char*, size_t)) {
  memset(&last, 0, sizeof last);
  shide_streams streams = {sizeof streams, &last, NULL, out, keep, 0, 0};
  shide_text words[] = {shide_text_of("--lang"), shide_text_of("en"), shide_text_of(word)};
  return door.command(section, 3, words, &streams);
}

static void commands(void) {
  shide_section* section = started_with(NULL, NULL);
  fact("a command runs unconfigured", run(NULL, "version", keep) == 0 && strstr(last.answer, "shide "), last.answer);
  fact("a command runs beside a section", run(section, "version", keep) == 0, "no");
  fact("an unknown command is wrong usage", run(NULL, "verison", keep) == 2 && strstr(last.answer, "did you mean version?"), last.answer);
  fact("a closed output is could-not", run(NULL, "version", refuse) == 3, "another code");
  fact("no streams are wrong usage", door.command(NULL, 0, NULL, NULL) == 2, "another code");
  door.close(section);
}

/* ---- threads ---- */

static shide_section* shared;
static atomic_int odd_answers, fine_answers;

static void* ask_often(void* nothing) {
  exchange* mine = malloc(sizeof *mine);
  for (int i = 0; i < 300; ++i) {
    shide_request request = request_for(mine, "GET", "/shide/health");
    serve(shared, mine, &request);
    if (mine->status == 200) ++fine_answers;
    else if (mine->status != 503) ++odd_answers;
  }
  free(mine);
  return nothing;
}

static void threads(void) {
  shared = started_with(NULL, NULL);
  pthread_t asking[8];
  for (int i = 0; i < 8; ++i) pthread_create(&asking[i], NULL, ask_often, NULL);
  while (fine_answers < 50) sched_yield();
  for (int i = 0; i < 20; ++i) {
    door.stop(shared);
    door.start(shared, NULL);
  }
  for (int i = 0; i < 8; ++i) pthread_join(asking[i], NULL);
  fact("requests on eight threads outlive twenty stops and starts", odd_answers == 0 && fine_answers > 0, "an answer was neither 200 nor 503");
  door.close(shared);
}

/* ---- say ---- */

static char incoming[16 << 20];

static int say(void) {
  size_t size = fread(incoming, 1, sizeof incoming - 1, stdin);
  incoming[size] = '\0';
  char* head_end = strstr(incoming, "\r\n\r\n");
  if (!head_end) return 2;
  const char* body = head_end + 4;
  head_end[2] = '\0';
  static shide_pair headers[200];
  size_t count = 0;
  char* line = strstr(incoming, "\r\n") + 2;
  while (*line && count < 200) {
    char* end = strstr(line, "\r\n");
    char* colon = memchr(line, ':', (size_t)(end - line));
    if (!colon) return 2;
    headers[count].name = (shide_text){line, (size_t)(colon - line)};
    while (*++colon == ' ') {
    }
    headers[count++].value = (shide_text){colon, (size_t)(end - colon)};
    line = end + 2;
  }
  char* method = strtok(incoming, " ");
  char* target = strtok(NULL, " ");
  char* query = strchr(target, '?');
  if (query) *query++ = '\0';

  shide_section* section = started_with(NULL, NULL);
  shide_request request = request_for(&last, method, target);
  request.query = shide_text_of(query);
  request.headers = headers;
  request.header_count = count;
  last.body = body;
  last.body_left = size - (size_t)(body - incoming);
  if (last.body_left > 0) request.read_body = read_body;
  serve(section, &last, &request);
  door.close(section);
  printf("HTTP/1.1 %d\n%s\n", (int)last.status, last.headers);
  fwrite(last.answer, 1, last.answer_size, stdout);
  return 0;
}

int main(int argument_count, char** arguments) {
  if (argument_count < 2) return 2;
  load(arguments[1]);
  if (argument_count > 2 && strcmp(arguments[2], "say") == 0) return say();
  one_life();
  configuration();
  the_hosts_log();
  mistakes_of_the_host();
  limits();
  peers_that_go();
  faults_inside();
  commands();
  threads();
  return failures == 0 ? 0 : 1;
}
