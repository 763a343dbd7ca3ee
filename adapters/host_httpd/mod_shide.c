/* mod_shide: the section inside Apache 2.4, by the door and nothing else. Works on event, worker and prefork.
 *
 *     LoadModule shide_module modules/mod_shide.so
 *     <Location "/shide">
 *       SetHandler shide
 *       ShideConfig /etc/shide/shide.info
 *       ShideSectionPublicBaseUrl https://www.example.edu.cn/shide
 *     </Location>
 *
 * Every option that a section inside a server has is a directive as well (directives.py makes them from
 * schema/config/options.info); a directive wins over the file, an inner Location over an outer one, a Location over its
 * virtual host and that over the server. What differs in file or options is a section of its own, what is the same is shared.
 *
 * Our paths are no files, so WordPress's .htaccess is not read for them; where its rewrite stands in a <Directory> of the
 * server, add RewriteEngine Off to the Location.
 *
 * The configuration is checked when Apache checks its own, opened before the fork and started in each child after it. The
 * mount prefix is the path of the Location; at server level it is server.mount. This host never ticks: jobs run in shided or
 * `shidectl worker`. The section's log goes where Apache's goes, by its LogLevel (`LogLevel shide:debug`).
 */
#include <httpd.h>

#include <apr_atomic.h>
#include <apr_fnmatch.h>
#include <apr_optional_hooks.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_status.h>
#include <unistd.h>

#include "door/shide.h"

module AP_MODULE_DECLARE_DATA shide_module;
APLOG_USE_MODULE(shide);

/* What the directives of one scope say, or of several merged. */
typedef struct {
  const char* mount;           /* NULL: as configured */
  const char* config_path;     /* NULL: every option at its default */
  apr_array_header_t* options; /* of shide_pair, sorted by name */
  const char* place;           /* "file:line" of its first directive, and of those around it; NULL: it says nothing */
  int handler;                 /* of SetHandler: 1 ours, -1 another, 0 it does not say */
} location;

/* One section, opened from a file and options. Two Locations that say the same share it. */
typedef struct {
  location from;
  server_rec* server;     /* whose log it writes to */
  shide_section* section; /* set in post_config */
  /* in a child: */
  int started;
  apr_time_t tried_at;
  apr_thread_mutex_t* mutex; /* around the two above */
  volatile apr_uint32_t requests;
  volatile apr_uint32_t failures; /* answers of 500 and above */
} instance;

static apr_array_header_t* instances; /* of instance*, in the configuration pool, made anew by pre_config */

static shide_text text_of(const char* text) { return shide_text_of(text); }

static instance* instance_at(int index) { return APR_ARRAY_IDX(instances, index, instance*); }

/* ---- the section's log ---- */

static void write_log(void* context, int32_t level, shide_text event, shide_text request_id, shide_text detail) {
  static const int kLevels[] = {APLOG_ERR, APLOG_WARNING, APLOG_NOTICE, APLOG_DEBUG};
  const instance* one = context;
  int apache_level = level >= 0 && level < 4 ? kLevels[level] : APLOG_DEBUG;
  ap_log_error(APLOG_MARK, apache_level, 0, one->server, "%.*s%s%.*s%s%.*s", (int)event.length, event.bytes,
               request_id.length ? " of request " : "", (int)request_id.length, request_id.bytes ? request_id.bytes : "",
               detail.length ? ": " : "", (int)detail.length, detail.bytes ? detail.bytes : "");
}

static shide_settings settings_of(instance* one) {
  shide_settings settings = {0};
  settings.size = sizeof settings;
  settings.config_path = text_of(one->from.config_path);
  settings.options = (const shide_pair*)one->from.options->elts;
  settings.option_count = (size_t)one->from.options->nelts;
  settings.language = text_of("en"); /* Apache's log escapes everything else */
  settings.log_context = one;
  settings.write_log = write_log;
  return settings;
}

/* ---- configuration ---- */

static void* create_location(apr_pool_t* pool, char* path) {
  location* here = apr_pcalloc(pool, sizeof *here);
  here->options = apr_array_make(pool, 2, sizeof(shide_pair));
  if (path) {
    size_t length = strlen(path);
    while (length > 0 && path[length - 1] == '/') --length;
    here->mount = apr_pstrndup(pool, path, length);
  }
  return here;
}

static int compare(shide_text left, shide_text right) {
  size_t length = left.length < right.length ? left.length : right.length;
  int order = memcmp(left.bytes, right.bytes, length);
  return order != 0 ? order : (left.length > right.length) - (left.length < right.length);
}

/* Sorted in; 0 when the option was there already, and now has the new value. */
static int put_option(apr_array_header_t* options, shide_pair option) {
  int at = 0;
  shide_pair* all = (shide_pair*)options->elts;
  while (at < options->nelts && compare(all[at].name, option.name) < 0) ++at;
  if (at < options->nelts && compare(all[at].name, option.name) == 0) {
    all[at].value = option.value;
    return 0;
  }
  apr_array_push(options);
  all = (shide_pair*)options->elts;
  memmove(all + at + 1, all + at, (size_t)(options->nelts - 1 - at) * sizeof *all);
  all[at] = option;
  return 1;
}

/* The inner one wins, option by option. A Location with a file of its own is a mount of its own; one that only changes options
 * belongs to the Location around it. */
static void* merge_location(apr_pool_t* pool, void* outer_config, void* inner_config) {
  const location *outer = outer_config, *inner = inner_config;
  if (!inner->place && !inner->handler) return outer_config;
  if (!outer->place && !outer->handler) return inner_config;
  location* both = apr_pmemdup(pool, inner->place ? inner : outer, sizeof *inner);
  both->handler = inner->handler ? inner->handler : outer->handler;
  if (!inner->place || !outer->place) return both;
  both->place = apr_pstrcat(pool, inner->place, " with ", outer->place, NULL);
  both->options = apr_array_copy(pool, outer->options);
  for (int i = 0; i < inner->options->nelts; ++i) put_option(both->options, APR_ARRAY_IDX(inner->options, i, shide_pair));
  if (!inner->config_path) {
    both->config_path = outer->config_path;
    if (outer->mount) both->mount = outer->mount;
  }
  return both;
}

/* Where a directive of ours may stand; remembers where the first one did. */
static const char* enter(cmd_parms* command, location* here) {
  const char* name = command->cmd->name;
  const char* wrong = ap_check_cmd_context(command, NOT_IN_DIRECTORY | NOT_IN_FILES | NOT_IN_HTACCESS | NOT_IN_LIMIT | NOT_IN_PROXY);
  if (wrong) return wrong;
  if (command->path && (command->path[0] != '/' || apr_fnmatch_test(command->path))) {
    return apr_pstrcat(command->pool, name, " belongs in <Location \"/path\">, not in a pattern", NULL);
  }
  if (!here->place) here->place = apr_psprintf(command->pool, "%s:%d", command->directive->filename, command->directive->line_num);
  return NULL;
}

static const char* twice(cmd_parms* command) { return apr_pstrcat(command->pool, command->cmd->name, " stands here twice; keep one", NULL); }

static const char* set_config(cmd_parms* command, void* config, const char* file) {
  location* here = config;
  const char* wrong = enter(command, here);
  if (wrong) return wrong;
  if (here->config_path) return twice(command);
  if (!*file) return "ShideConfig: not the name of a file";
  here->config_path = ap_server_root_relative(command->pool, file);
  return here->config_path ? NULL : "ShideConfig: not the name of a file";
}

/* command->info is the option's name. */
static const char* set_option(cmd_parms* command, void* config, const char* value) {
  location* here = config;
  const char* wrong = enter(command, here);
  if (wrong) return wrong;
  shide_pair option = {text_of(command->info), text_of(value)};
  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  if (shide_check_option(option.name, option.value, text_of("en"), &error) != SHIDE_OK) {
    wrong = apr_psprintf(command->pool, "%s \"%s\": %s", command->cmd->name, value, error.message.bytes ? error.message.bytes : "not a value");
    shide_error_clear(&error);
    return wrong;
  }
  return put_option(here->options, option) ? NULL : twice(command);
}

static const char* set_path(cmd_parms* command, void* config, const char* path) {
  const char* whole = *path ? ap_server_root_relative(command->pool, path) : path;
  return whole ? set_option(command, config, whole) : apr_pstrcat(command->pool, command->cmd->name, ": not the name of a file", NULL);
}

/* Apache's own directive, heard by us as well: which Locations are ours must be known before the first request. */
static const char* hear_handler(cmd_parms* command, void* config, const char* handler) {
  (void)command;
  ((location*)config)->handler = strcasecmp(handler, "shide") == 0 ? 1 : -1;
  return NULL;
}

static const command_rec commands[] = {
    AP_INIT_TAKE1("SetHandler", hear_handler, NULL, OR_FILEINFO, "a handler name"),
    AP_INIT_TAKE1("ShideConfig", set_config, NULL, RSRC_CONF | ACCESS_CONF, "the configuration file of the section served here"),
#define OPTION(directive, name, meaning) AP_INIT_TAKE1(directive, set_option, (void*)(name), RSRC_CONF | ACCESS_CONF, meaning),
#define PATH(directive, name, meaning) AP_INIT_TAKE1(directive, set_path, (void*)(name), RSRC_CONF | ACCESS_CONF, meaning),
#include "host_httpd/directives.inc"
#undef OPTION
#undef PATH
    {NULL}};

/* ---- which sections there are ---- */

static int same_section(const location* left, const location* right) {
  if (!left->config_path != !right->config_path || left->options->nelts != right->options->nelts) return 0;
  if (left->config_path && strcmp(left->config_path, right->config_path) != 0) return 0;
  for (int i = 0; i < left->options->nelts; ++i) {
    shide_pair one = APR_ARRAY_IDX(left->options, i, shide_pair), other = APR_ARRAY_IDX(right->options, i, shide_pair);
    if (compare(one.name, other.name) != 0 || compare(one.value, other.value) != 0) return 0;
  }
  return 1;
}

static instance* instance_for(const location* here) {
  for (int i = 0; i < instances->nelts; ++i) {
    if (same_section(&instance_at(i)->from, here)) return instance_at(i);
  }
  return NULL;
}

static void note_section(apr_pool_t* pool, server_rec* server, ap_conf_vector_t* merged) {
  const location* here = ap_get_module_config(merged, &shide_module);
  if (!here->place || here->handler <= 0 || instance_for(here)) return;
  instance* one = apr_pcalloc(pool, sizeof *one);
  one->from = *here;
  one->server = server;
  APR_ARRAY_PUSH(instances, instance*) = one;
}

/* Whether Apache applies the section `core` to an address that is the path of another one. */
static int covers(const core_dir_config* core, const char* path) {
  if (core->r) return ap_regexec(core->r, path, 0, NULL, 0) == 0;
  if (!core->d) return 0;
  if (core->d_is_fnmatch) return apr_fnmatch(core->d, path, APR_FNM_PATHNAME) == APR_SUCCESS;
  size_t length = strlen(core->d);
  if (strncmp(core->d, path, length) != 0) return 0;
  return length == 0 || core->d[length - 1] == '/' || path[length] == '/' || path[length] == '\0';
}

/* Every merge that a request can meet: of the Locations around each Location, in the order of the file, as Apache does it. */
static void note_sections(apr_pool_t* pool, server_rec* server) {
  const core_server_config* core = ap_get_core_module_config(server->module_config);
  ap_conf_vector_t** sections = (ap_conf_vector_t**)core->sec_url->elts;
  note_section(pool, server, server->lookup_defaults);
  for (int i = 0; i < core->sec_url->nelts; ++i) {
    const core_dir_config* inner = ap_get_core_module_config(sections[i]);
    if (!inner->d || inner->r || inner->d_is_fnmatch) continue;
    ap_conf_vector_t* merged = server->lookup_defaults;
    for (int j = 0; j < core->sec_url->nelts; ++j) {
      if (covers(ap_get_core_module_config(sections[j]), inner->d)) merged = ap_merge_per_dir_configs(pool, merged, sections[j]);
    }
    note_section(pool, server, merged);
  }
}

static int make_list(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary) {
  (void)log;
  (void)temporary;
  instances = apr_array_make(config, 1, sizeof(instance*));
  if (shide_abi_version() == SHIDE_ABI_VERSION) return OK;
  ap_log_error(APLOG_MARK, APLOG_CRIT, 0, NULL, "mod_shide and libshide.so are of different releases");
  return HTTP_INTERNAL_SERVER_ERROR;
}

static int complain(server_rec* server, const char* what, const instance* one, shide_error* error) {
  ap_log_error(APLOG_MARK, APLOG_ERR, 0, server, "%s: shide %s%s%s%s: %s", one->from.place, what, one->from.config_path ? " (" : "",
               one->from.config_path ? one->from.config_path : "", one->from.config_path ? ")" : "",
               error->message.bytes ? error->message.bytes : "no reason given");
  shide_error_clear(error);
  return HTTP_INTERNAL_SERVER_ERROR;
}

static int check_sections(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary, server_rec* server) {
  (void)log;
  (void)temporary;
  apr_array_clear(instances);
  for (server_rec* one = server; one; one = one->next) note_sections(config, one);
  for (int i = 0; i < instances->nelts; ++i) {
    shide_error error = {sizeof error, 0, 0, {NULL, 0}};
    shide_settings settings = settings_of(instance_at(i));
    if (shide_check(&settings, &error) != SHIDE_OK) return complain(server, "configuration", instance_at(i), &error);
  }
  return OK;
}

static apr_status_t close_section(void* data) {
  shide_close(((instance*)data)->section);
  ((instance*)data)->section = NULL;
  return APR_SUCCESS;
}

static int open_sections(apr_pool_t* config, apr_pool_t* log, apr_pool_t* temporary, server_rec* server) {
  (void)log;
  (void)temporary;
  if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) return OK; /* Apache's first pass is only a trial */
  for (int i = 0; i < instances->nelts; ++i) {
    instance* one = instance_at(i);
    shide_error error = {sizeof error, 0, 0, {NULL, 0}};
    shide_settings settings = settings_of(one);
    if (shide_open(&settings, &one->section, &error) != SHIDE_OK) return complain(server, "cannot be opened", one, &error);
    apr_pool_cleanup_register(config, one, close_section, apr_pool_cleanup_null);
  }
  return OK;
}

/* ---- in each child ---- */

static apr_status_t stop_section(void* data) {
  shide_stop(((instance*)data)->section);
  return APR_SUCCESS;
}

static void try_to_start(instance* one) {
  shide_error error = {sizeof error, 0, 0, {NULL, 0}};
  one->tried_at = apr_time_now();
  one->started = shide_start(one->section, &error) == SHIDE_OK;
  if (!one->started) complain(one->server, "cannot start", one, &error);
  else ap_log_error(APLOG_MARK, APLOG_INFO, 0, one->server, "%s: shide has started in process %ld", one->from.place, (long)getpid());
}

static void start_sections(apr_pool_t* child, server_rec* server) {
  (void)server;
  for (int i = 0; i < instances->nelts; ++i) {
    instance* one = instance_at(i);
    apr_thread_mutex_create(&one->mutex, APR_THREAD_MUTEX_DEFAULT, child);
    try_to_start(one);
    apr_pool_cleanup_register(child, one, stop_section, apr_pool_cleanup_null);
  }
}

/* The database may come up after Apache: tried again every five seconds, by whoever asks. */
static void start_late(instance* one) {
  apr_thread_mutex_lock(one->mutex);
  if (!one->started && apr_time_now() - one->tried_at > apr_time_from_sec(5)) try_to_start(one);
  apr_thread_mutex_unlock(one->mutex);
}

/* ---- a request ---- */

typedef struct {
  request_rec* request;
  instance* section;
} exchange;

/* Piece by piece, as it comes and goes: Apache holds no body of ours whole. */
static int64_t read_body(void* context, char* into, size_t size) { return ap_get_client_block(((exchange*)context)->request, into, size); }

static int32_t write_head(void* context, int32_t status, const shide_pair* headers, size_t count) {
  exchange* here = context;
  request_rec* r = here->request;
  r->status = status;
  if (status >= 500) apr_atomic_inc32(&here->section->failures);
  for (size_t i = 0; i < count; ++i) {
    const char* name = apr_pstrmemdup(r->pool, headers[i].name.bytes, headers[i].name.length);
    const char* value = apr_pstrmemdup(r->pool, headers[i].value.bytes, headers[i].value.length);
    if (strcasecmp(name, "Content-Type") == 0) ap_set_content_type(r, value);
    else if (strcasecmp(name, "Content-Length") == 0) ap_set_content_length(r, apr_atoi64(value));
    else apr_table_addn(r->headers_out, name, value);
  }
  return r->connection->aborted ? -1 : 0;
}

static int64_t write_body(void* context, const char* bytes, size_t size) {
  request_rec* r = ((exchange*)context)->request;
  return r->connection->aborted ? -1 : ap_rwrite(bytes, (int)size, r);
}

static int add_header(void* list, const char* name, const char* value) {
  shide_pair* pair = apr_array_push(list);
  pair->name = text_of(name);
  pair->value = text_of(value);
  return 1;
}

static int serve(request_rec* r, const location* here, instance* one) {
  int wrong = ap_setup_client_block(r, REQUEST_CHUNKED_DECHUNK);
  if (wrong != OK) return wrong;
  apr_array_header_t* headers = apr_array_make(r->pool, 32, sizeof(shide_pair));
  apr_table_do(add_header, headers, r->headers_in, NULL);

  exchange context = {r, one};
  shide_request request = {0};
  request.size = sizeof request;
  request.method = text_of(r->method);
  request.path = text_of(r->parsed_uri.path); /* r->uri is decoded already */
  request.query = text_of(r->args);
  request.headers = (const shide_pair*)headers->elts;
  request.header_count = (size_t)headers->nelts;
  request.remote_address = text_of(r->useragent_ip);
  request.is_tls = strcmp(ap_http_scheme(r), "https") == 0;
  request.mount_prefix = text_of(here->mount);
  request.request_id = text_of(apr_table_get(r->subprocess_env, "UNIQUE_ID"));
  request.asserted_user = text_of(r->user);
  request.context = &context;
  if (ap_should_client_block(r)) request.read_body = read_body;

  shide_response response = {sizeof response, &context, write_head, write_body};
  return shide_handle(one->section, &request, &response) == SHIDE_WRONG_ARGUMENT ? HTTP_INTERNAL_SERVER_ERROR : OK;
}

static int is_ours(request_rec* r) {
  const location* here = ap_get_module_config(r->per_dir_config, &shide_module);
  return here->place && here->handler > 0;
}

static int handle(request_rec* r) {
  const location* here = ap_get_module_config(r->per_dir_config, &shide_module);
  if (!r->handler || strcmp(r->handler, "shide") != 0) return DECLINED;
  instance* one = here->place ? instance_for(here) : NULL;
  if (!one) {
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "SetHandler shide without a section that was known at the start: %s",
                  here->place ? here->place : "no directive of shide is in force here, ShideConfig for one");
    return HTTP_INTERNAL_SERVER_ERROR;
  }
  start_late(one);
  apr_atomic_inc32(&one->requests);
  return serve(r, here, one);
}

/* Our paths name no file: otherwise Apache would look for one (a long address gets 403), read .htaccess on the way, and apply
 * <Directory "/"> to us, which Debian denies to all. A redirect of the whole server, to https say, still comes first. */
static int keep_from_files(request_rec* r) {
  if (!is_ours(r)) return DECLINED;
  r->filename = apr_pstrdup(r->pool, "shide:");
  ap_set_module_config(r->request_config, &shide_module, r->filename); /* the next hook sees the server's configuration only */
  return OK;
}
static int keep_from_storage(request_rec* r) { return ap_get_module_config(r->request_config, &shide_module) ? OK : DECLINED; }

/* ---- mod_status ---- */

/* A line for each section: of this process only, since the processes share nothing. */
static int tell_status(request_rec* r, int flags) {
  if (!instances) return DECLINED;
  int is_short = flags & AP_STATUS_SHORT;
  if (!is_short) ap_rputs("<hr />\n<h2>shide</h2>\n<dl>\n", r);
  for (int i = 0; i < instances->nelts; ++i) {
    instance* one = instance_at(i);
    const char* state = one->started ? "started" : "waiting";
    unsigned requests = apr_atomic_read32(&one->requests), failures = apr_atomic_read32(&one->failures);
    if (is_short) ap_rprintf(r, "Shide%dState: %s\nShide%dRequests: %u\nShide%dFailures: %u\n", i, state, i, requests, i, failures);
    else ap_rprintf(r, "<dt>section of %s: %s</dt><dd>%u requests in process %ld, %u of them answered with 500 or above</dd>\n",
                    ap_escape_html(r->pool, one->from.place), state, requests, (long)getpid(), failures);
  }
  if (!is_short) ap_rputs("</dl>\n", r);
  return OK;
}

static void register_hooks(apr_pool_t* pool) {
  (void)pool;
  ap_hook_pre_config(make_list, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_check_config(check_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_post_config(open_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_child_init(start_sections, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_translate_name(keep_from_files, NULL, NULL, APR_HOOK_LAST);
  ap_hook_map_to_storage(keep_from_storage, NULL, NULL, APR_HOOK_FIRST);
  APR_OPTIONAL_HOOK(ap, status_hook, tell_status, NULL, NULL, APR_HOOK_MIDDLE);
  ap_hook_handler(handle, NULL, NULL, APR_HOOK_MIDDLE);
}

module AP_MODULE_DECLARE_DATA shide_module = {
    STANDARD20_MODULE_STUFF, create_location, merge_location, NULL, NULL, commands, register_hooks, AP_MODULE_FLAG_NONE};
