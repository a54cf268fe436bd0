# copse: how it is built, tested and installed. GNU make 4.2 or newer.
#
#   make site        install what is missing, build copse and this repository's own site
#   make test        install what the tests need, build and run them
#   make             build/copse, and build/copse-pictures where libvips is there
#   make deps        install what building needs     make test-deps   and what testing needs
#   make install     to PREFIX (/usr/local), with manual pages and completions for bash, zsh and fish
#   make uninstall
#   make test-browser   Markdown beside cmark, links, hostile content, access, what the theme weighs and
#                    Lighthouse, with node, cmark, chromium and tools from npm
#   make look        pictures of all page kinds of six sites, three widths, light and dark, in LOOK (build/look)
#   make bench       the same site built with copse, Hugo and Eleventy in turn (BENCH=arguments of tests/bench/build/run.py)
#   make bench-pictures   200 portraits of 12 megapixels made fit for screens with copse and Hugo
#   make golden      rebuild the expected output of the golden sites, to be reviewed with git diff
#   make check-floors   prove who includes whom      make format      clang-format everything
#
# Variants live in folders of their own: CC=clang (build/clang), SAN=address,undefined
# (build/san-address-undefined), SAN=thread, or both together. WERROR=1 makes warnings errors,
# V=1 shows whole command lines.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
comma := ,
space := $(subst ,, )

# Libraries, by their pkg-config names. tools/deps.sh knows the Debian package of each;
# tools/check-floors.sh knows which source may use it and that each one is used.
LIBRARIES := libmicrohttpd libcmark yaml-0.1 libgit2 libutf8proc gumbo libcurl libdeflate libbrotlienc libzstd
# Those that come without a pkg-config file: what the linker calls them.
PLAIN_LIBRARIES := stemmer
TEST_LIBRARIES := cmocka
# Of copse-pictures, which is built where they are there; copse does without (docs/pictures.md).
PICTURE_LIBRARIES := vips fontconfig

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
SHAREDIR ?= $(PREFIX)/share
LICENSEDIR ?= $(SHAREDIR)/doc/copse

# ---- variants and flags

VARIANT := $(filter-out cc gcc,$(notdir $(CC))) $(if $(SAN),san-$(subst $(comma),-,$(SAN)))
OUT := build$(if $(strip $(VARIANT)),/$(subst $(space),-,$(strip $(VARIANT))))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(if $(WERROR),-Werror)
SANITIZE := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
CFLAGS ?= -O2 -g
# Not position-independent: the cache holds pointers to constants of the program (src/base/region.h).
HOUSE_FLAGS := -std=c11 -D_GNU_SOURCE $(WARNINGS) -Isrc -pthread -fno-pie $(SANITIZE)

PACKAGE_FLAGS := $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null || echo missing)
PACKAGE_LIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)
PICTURE_FLAGS := $(shell pkg-config --cflags $(PICTURE_LIBRARIES) 2>/dev/null || echo missing)
PICTURE_LIBS := $(shell pkg-config --libs $(PICTURE_LIBRARIES) 2>/dev/null)
COMPILE = $(CC) $(HOUSE_FLAGS) $(CFLAGS) $(CPPFLAGS) $(PACKAGE_FLAGS)
LINK = $(CC) $(HOUSE_FLAGS) $(CFLAGS) -no-pie -Wl,--build-id $(LDFLAGS)
LIBS = $(PACKAGE_LIBS) $(addprefix -l,$(PLAIN_LIBRARIES)) -lm $(LDLIBS)

Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1) $@')

# ---- what there is

MAIN := src/cli/main.c
SOURCES := $(sort $(wildcard src/*/*.c src/*/*/*.c))
HEADERS := $(sort $(wildcard src/*/*.h src/*/*/*.h))
PICTURE_SOURCES := $(filter src/pictures/%,$(SOURCES))
PICTURE_OBJECTS := $(patsubst src/%.c,$(OUT)/obj/%.o,$(PICTURE_SOURCES))
OBJECTS := $(patsubst src/%.c,$(OUT)/obj/%.o,$(filter-out $(MAIN) $(PICTURE_SOURCES),$(SOURCES)))
PROGRAMS := $(OUT)/copse $(if $(filter missing,$(PICTURE_FLAGS)),,$(OUT)/copse-pictures)
TEST_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
TEST_SUPPORT := $(patsubst tests/unit/%.c,$(OUT)/obj/tests/%.o,\
                  $(filter-out $(TEST_SOURCES),$(sort $(wildcard tests/unit/*.c))))
TESTS := $(patsubst tests/unit/%.c,$(OUT)/tests/%,$(TEST_SOURCES))

# What the program carries inside itself: the default theme, the starter site, the live preview's script.
find_files = $(shell find $(1) -type f 2>/dev/null | LC_ALL=C sort)
EMBEDDED_THEME := $(call find_files,layouts assets content/i18n)
EMBEDDED_STARTER := $(filter-out content/i18n/%,$(call find_files,content starter)) \
                    examples/workflows/github/comment.yml examples/workflows/github/review.yml
EMBEDDED_CLIENT := $(call find_files,src/serve/client)
EMBEDDED_FILES := $(EMBEDDED_THEME) $(EMBEDDED_STARTER) $(EMBEDDED_CLIENT)
ifneq ($(wildcard src/source/embedded.h),)
OBJECTS += $(OUT)/obj/embedded.o
endif

# A stamp holds the text of something that files depend on, and changes only when that does.
# Written while this file is read, so that a second `make` has nothing to do.
stamp = $(if $(call differs,$(file <$(OUT)/$(1)),$(2)),\
          $(shell mkdir -p $(OUT))$(file >$(OUT)/$(1),$(2)))
differs = $(subst x$(strip $(1)),,x$(strip $(2)))$(subst x$(strip $(2)),,x$(strip $(1)))

ifeq ($(filter clean deps test-deps site test bench bench-pictures golden format install install-files uninstall print-libs,$(MAKECMDGOALS)),)
$(call stamp,flags,$(COMPILE) $(LINK) $(LIBS))
$(call stamp,picture-flags,$(PICTURE_FLAGS) $(PICTURE_LIBS))
$(call stamp,objects,$(OBJECTS))
$(call stamp,theme,$(EMBEDDED_FILES))
endif

# ---- building

.PHONY: all site test run-tests test-browser look bench bench-pictures tests deps test-deps install install-files uninstall golden check-floors format clean print-libs

all: $(PROGRAMS) $(OUT)/share/made
tests: $(TESTS)

ifneq ($(filter missing,$(PACKAGE_FLAGS)),)
.PHONY: $(OUT)/flags
$(OUT)/flags:
	@tools/deps.sh --tell build
endif

$(OUT)/copse: $(OUT)/obj/cli/main.o $(OUT)/libcopse.a
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

# The second program: it decodes what strangers send, so copse is not linked with what decodes.
$(OUT)/copse-pictures: $(PICTURE_OBJECTS) $(OUT)/libcopse.a
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(PICTURE_LIBS) -lm

$(OUT)/obj/pictures/%.o: src/pictures/%.c $(OUT)/flags $(OUT)/picture-flags
	@mkdir -p $(@D)
	$(call say,compile)
	$(Q)$(COMPILE) $(PICTURE_FLAGS) -MMD -MP -c -o $@ $<

# ar's q and not its r, which keeps one of two files that have one name in different folders.
$(OUT)/libcopse.a: $(OBJECTS) $(OUT)/objects
	$(call say,archive)
	@rm -f $@
	$(Q)$(AR) qcs $@ $(OBJECTS)

$(OUT)/obj/%.o: src/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,compile)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(OUT)/obj/embedded.o: $(OUT)/embedded.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,compile)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(OUT)/embedded.c: $(OUT)/embed $(OUT)/theme $(EMBEDDED_FILES)
	$(call say,embed)
	$(Q)$(OUT)/embed +embedded $(EMBEDDED_THEME) +starter $(EMBEDDED_STARTER) +client $(EMBEDDED_CLIENT) >$@

# Manual pages and completions, as they lie in PREFIX/share.
$(OUT)/share/made: $(OUT)/words
	$(call say,words)
	$(Q)rm -rf $(@D) && $(OUT)/words $(@D) && touch $@

$(OUT)/words: $(OUT)/obj/words.o $(OUT)/libcopse.a
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(LIBS)

$(OUT)/obj/words.o: tools/words.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,compile)
	$(Q)$(COMPILE) -MMD -MP -c -o $@ $<

$(OUT)/embed: tools/embed.c $(OUT)/flags
	$(call say,compile)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE $(WARNINGS) -O1 -o $@ $<

$(OUT)/obj/tests/%.o: tests/unit/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,compile)
	$(Q)$(COMPILE) -Itests/unit -MMD -MP -c -o $@ $<

$(OUT)/tests/%: $(OUT)/obj/tests/%.o $(TEST_SUPPORT) $(OUT)/libcopse.a
	@mkdir -p $(@D)
	$(call say,link)
	$(Q)$(LINK) -o $@ $^ $(shell pkg-config --libs $(TEST_LIBRARIES)) $(LIBS)

.SECONDARY:
-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)

# ---- the two commands of the README. They begin by installing, so the rest is a make of its own
# that sees what was installed.

ALL_PROCESSORS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell getconf _NPROCESSORS_ONLN))
AGAIN = $(MAKE) --no-print-directory $(ALL_PROCESSORS)

site:
	@tools/deps.sh build
	+@$(AGAIN) all
	$(OUT)/copse build
	@tools/how-to-look.sh public

test:
	@tools/deps.sh build pictures test
	+@$(AGAIN) run-tests

run-tests: $(TESTS) all
	@COPSE=$(abspath $(OUT)/copse) tools/run-tests.sh $(OUT) $(TESTS)

test-browser: $(PROGRAMS)
	@COPSE=$(abspath $(OUT)/copse) tests/browser/run.sh

# What is awkward about each of the sites, tests/browser/look/site.mjs says.
look: $(PROGRAMS)
	@COPSE=$(abspath $(OUT)/copse) LOOK=$(abspath $(LOOK)) TESTS=look tests/browser/run.sh
LOOK ?= $(OUT)/look

bench:
	@tools/deps.sh build pictures bench
	+@$(AGAIN) all
	@COPSE=$(abspath $(OUT)/copse) tests/bench/build/run.sh $(BENCH)

bench-pictures:
	@tools/deps.sh build pictures bench test
	+@$(AGAIN) all
	@python=$$(for p in python3 /usr/bin/python3; do $$p -c 'import PIL' 2>/dev/null && echo $$p && break; done); \
	$$python tests/bench/pictures/run.py $(OUT)/copse $(BENCH)

golden:
	@tools/deps.sh build
	+@$(AGAIN) all
	tools/golden.sh $(OUT)/copse

# For programs of the tests that are linked with libcopse.a elsewhere.
print-libs:
	@echo $(LIBS)

deps:
	@tools/deps.sh build pictures

test-deps:
	@tools/deps.sh build pictures test

# ---- keeping house

check-floors:
	@CC="$(CC)" FLAGS="$(HOUSE_FLAGS) $(PACKAGE_FLAGS) $(filter-out missing,$(PICTURE_FLAGS))" LIBRARIES="$(LIBRARIES) $(PLAIN_LIBRARIES)" tools/check-floors.sh

format:
	clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/unit/*.[ch] tools/*.c)

# Everything in $(OUT)/share but its stamp.
SHARED = $(shell cd $(OUT)/share && find . -type f ! -name made)

install:
	+@$(AGAIN) all
	+@$(AGAIN) install-files

# What was built, copied as it is.
install-files:
	install -d $(DESTDIR)$(BINDIR)
	install -m 755 $(PROGRAMS) $(DESTDIR)$(BINDIR)
	install -D -m 644 LICENSE $(DESTDIR)$(LICENSEDIR)/copyright
	for file in $(SHARED); do install -D -m 644 $(OUT)/share/$$file $(DESTDIR)$(SHAREDIR)/$$file || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/copse $(DESTDIR)$(BINDIR)/copse-pictures $(DESTDIR)$(LICENSEDIR)/copyright
	rm -f $(DESTDIR)$(SHAREDIR)/man/man1/copse.1 $(DESTDIR)$(SHAREDIR)/man/man1/copse-*.1
	rm -f $(DESTDIR)$(SHAREDIR)/bash-completion/completions/copse $(DESTDIR)$(SHAREDIR)/zsh/site-functions/_copse
	rm -f $(DESTDIR)$(SHAREDIR)/fish/vendor_completions.d/copse.fish
	-rmdir $(DESTDIR)$(LICENSEDIR)

clean:
	rm -rf build
