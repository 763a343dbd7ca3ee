# libshide.so and the three hosts around it.

# The driven adapters that libshide.so is made of; assembly defines assemble() and brings the others along.
set(SHIDE_DRIVEN_ADAPTERS shide_assembly)

file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/libshide.cpp "// libshide.so has no code of its own: the door, the core and the adapters are linked in.\n")
shide_add_module(shide ${CMAKE_CURRENT_BINARY_DIR}/libshide.cpp)
target_link_libraries(shide PRIVATE ${SHIDE_DRIVEN_ADAPTERS})

# Hosts see door/shide.h and nothing else of plugin/; they find libshide.so beside themselves.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_INSTALL_RPATH $ORIGIN)
find_package(Poco REQUIRED COMPONENTS Net Foundation)

file(GLOB standalone_sources CONFIGURE_DEPENDS host_standalone/*.cpp)
add_executable(shided ${standalone_sources})
target_include_directories(shided PRIVATE ${PROJECT_SOURCE_DIR}/plugin ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(shided PRIVATE shide_flags shide Poco::Net Poco::Foundation Threads::Threads)

add_executable(shidectl host_console/shidectl.cpp)
target_include_directories(shidectl PRIVATE ${PROJECT_SOURCE_DIR}/plugin)
target_link_libraries(shidectl PRIVATE shide_flags shide)

find_program(APXS NAMES apxs apxs2)
if(APXS)
  execute_process(COMMAND ${APXS} -q INCLUDEDIR OUTPUT_VARIABLE httpd_include OUTPUT_STRIP_TRAILING_WHITESPACE)
  pkg_check_modules(APR REQUIRED IMPORTED_TARGET apr-1 apr-util-1)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(options ${PROJECT_SOURCE_DIR}/schema/config/options.info)
  set(directives ${CMAKE_CURRENT_BINARY_DIR}/host_httpd/directives.inc)
  set(directives_script ${CMAKE_CURRENT_SOURCE_DIR}/host_httpd/directives.py)
  add_custom_command(OUTPUT ${directives} DEPENDS ${options} ${directives_script} VERBATIM
                     COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/host_httpd
                     COMMAND Python3::Interpreter ${directives_script} ${options} > ${directives})
  add_library(mod_shide MODULE host_httpd/mod_shide.c ${directives})
  set_target_properties(mod_shide PROPERTIES PREFIX "" OUTPUT_NAME mod_shide C_VISIBILITY_PRESET default)
  target_include_directories(mod_shide PRIVATE ${PROJECT_SOURCE_DIR}/plugin ${CMAKE_CURRENT_BINARY_DIR})
  target_include_directories(mod_shide SYSTEM PRIVATE ${httpd_include})
  target_compile_options(mod_shide PRIVATE -Wno-pedantic)  # httpd's own headers
  target_link_libraries(mod_shide PRIVATE shide_flags shide PkgConfig::APR)
else()
  message(STATUS "apxs not found: mod_shide is not built")
endif()
