# Daypass: `make demo` shows it, `make test` tests it, `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN     := build/bin
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X daypass/app/cli.Version=$(VERSION)
# The window ships with Fyne's new threading rules on (migrated_fynedo). Its checked build has them
# off and its build tag no_metadata, and then reports every widget touched in the wrong thread. Without
# the toolkit's animations a caret does not fade, for which it paints the whole window again and again.
WINDOW_TAGS  := migrated_fynedo,no_animations
CHECKED_TAGS := no_metadata,no_animations
# On Windows and macOS the toolkit has a bridge to screen readers.
READER_TAGS  := $(WINDOW_TAGS),accessibility

# Debian's packages: to build, to show the demo without a display, and to test.
BUILD_PKGS := gcc libc6-dev pkg-config libgl-dev libegl-dev libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev \
  libxcursor-dev libxinerama-dev libwayland-dev libxkbcommon-dev
DESK_PKGS  := xvfb libwayland-client0 libgl1-mesa-dri libglib2.0-bin openbox xdotool x11-utils imagemagick chromium ca-certificates \
  dbus-daemon dbus-bin gnome-keyring xfce4-panel xfconf xfce4-notifyd xclip sway wl-clipboard grim fonts-wqy-microhei
# What the unit tests use besides: a bus of their own, and every shell that is written for.
UNIT_PKGS  := dbus-daemon fish zsh
# Other people's programs that are tested with the keys.
TOOL_PKGS  := awscli python3-boto3 rclone restic s3cmd curl fish zsh

WINDOWS_PKGS := gcc-mingw-w64-x86-64 zip imagemagick librsvg2-bin
PACKAGE_PKGS := librsvg2-bin gzip dpkg-dev desktop-file-utils appstream

# What packages are called and when their content is from, so that the same commit gives the same bytes.
APP_ID   = $(shell sed -n 's/^ *ID *= *"\(.*\)"/\1/p' FyneApp.toml)
RELEASE  = $(shell sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)
PACKAGE_VERSION = $(if $(filter v%,$(VERSION)),$(subst -,+,$(VERSION:v%=%)),$(RELEASE)~git$(subst -,.,$(VERSION)))
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
ARCH     = $(shell go env GOARCH)

.PHONY: help install package deb tarball windows deps-package macos vuln demo test screens pictures bench soak check sandbox build deps deps-build deps-unit deps-desk deps-tools sandbox-bin tools-bin peers window-checked \
  unit e2e clean format interop deps-interop interop-bin python-tools wine wine-bin deps-wine

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: deps sandbox-bin build ## start the sandbox and open Daypass on it; without a display, take a tour into build/tour
	@cd sandbox && CGO_ENABLED=0 go build -trimpath -o ../$(BIN)/demo ./demo
	@$(BIN)/demo -bin $(BIN) -out build/tour

test: check unit e2e ## everything that CI runs

build: deps-build ## build daypass, daypass-creds and daypass-window into build/bin
	@mkdir -p $(BIN)
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o $(BIN)/daypass ./cmd/daypass
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(BIN)/daypass-creds ./cmd/daypass-creds
	CGO_ENABLED=1 go build -trimpath -tags $(WINDOW_TAGS) -ldflags "$(LDFLAGS)" -o $(BIN)/daypass-window .

window-checked: deps-build
	@mkdir -p $(BIN)/checked
	CGO_ENABLED=1 go build -trimpath -tags $(CHECKED_TAGS) -ldflags "$(LDFLAGS)" -o $(BIN)/checked/daypass-window .

check: ## formatting, vet, staticcheck, cross-compilation
	@out=$$(go tool gofumpt -l . ); if [ -n "$$out" ]; then echo "not formatted (make format):"; echo "$$out"; exit 1; fi
	go vet ./... && (cd sandbox && go vet ./...) && (cd sandbox/storage && go vet ./...)
	(cd sandbox && go vet -tags interop ./interop/... ./wine/...) && (cd sandbox/storage && go vet -tags interop ./interop)
	go vet ./ui/uitest/testdata/barewindow ./ui/uitest/testdata/manywindow # which ./... leaves out
	go tool staticcheck ./...
	CGO_ENABLED=0 GOOS=windows go build -o /dev/null ./cmd/daypass
	CGO_ENABLED=0 GOOS=darwin go build -o /dev/null ./cmd/daypass

vuln: ## look for known vulnerabilities in what is used; needs the vulnerability database on the network
	go tool govulncheck ./...

format: ## format all Go files
	go tool gofumpt -w .

unit: deps-build deps-unit ## unit, protocol and view tests, with the race detector
	CGO_ENABLED=1 go test -race -count=1 -timeout 30m ./... # a busy machine needs more than ten minutes for the transfers
	CGO_ENABLED=0 go test -count=1 ./ui/uitest/screens # too slow with it

e2e: deps deps-tools sandbox-bin tools-bin build window-checked deb ## the built programs with a real MinIO, Dex, Chromium and window
	cd sandbox && CGO_ENABLED=0 go test -count=1 -timeout 20m -p 1 ./...
	cd sandbox/storage && CGO_ENABLED=0 go test -count=1 -timeout 10m ./...

# The providers and servers of others with which Daypass is tried. Each program is a module of its own; all of it lies below build/interop.
INTEROP      := build/interop
PROGRAMS     := sandbox/interop/programs
# What runs Keycloak and oidc-provider, where it is not there from elsewhere.
RUNTIMES = java:default-jre-headless mvn:maven node:nodejs npm:npm
RUN ?= .
# The newest releases of tools that are written in Python, in environments apart from each other, since they want
# different releases of the same packages, and what else of Debian's is run beside them.
PYTHON_TOOLS := aws data duckdb dvc
INTEROP_PKGS := python3-venv gdal-bin iproute2
interop: deps deps-tools sandbox-bin tools-bin build deps-interop interop-bin python-tools ## other people's providers, servers and tools with Daypass; writes docs/interop.md and docs/tools.md (RUN=Keycloak for some of it)
	cd sandbox && CGO_ENABLED=0 go test -tags interop -count=1 -timeout 60m -p 1 -parallel 4 -run '$(RUN)' ./interop/...
	cd sandbox/storage && CGO_ENABLED=0 go test -tags interop -count=1 -timeout 30m -run '$(RUN)' ./interop

# The Windows program under Wine, and what a user of it runs beside it: a browser and s5cmd.
WINE_PKGS := gcc-mingw-w64-x86-64 wine wine64
WINE_BIN  := build/wine
wine: deps-wine sandbox-bin wine-bin ## the Windows program under Wine with a real MinIO and Dex
	cd sandbox && CGO_ENABLED=0 go test -tags interop -count=1 -timeout 10m ./wine

deps-wine:
	@$(call install,$(WINE_PKGS))

wine-bin: export GOOS = windows
wine-bin: export GOARCH = amd64
wine-bin: export CGO_ENABLED = 0
wine-bin:
	@mkdir -p $(WINE_BIN)
	go build -trimpath -ldflags "$(LDFLAGS)" -o $(WINE_BIN)/daypass.exe ./cmd/daypass
	cd sandbox && go build -trimpath -ldflags "-s -w" -o ../$(WINE_BIN)/ ./wine/browser && \
	  go build -trimpath -ldflags "-s -w" -o ../$(WINE_BIN)/s5cmd.exe github.com/peak/s5cmd/v2
	x86_64-w64-mingw32-gcc -shared -O2 -o $(WINE_BIN)/bcryptprimitives.dll sandbox/wine/stub/bcryptprimitives.c -ladvapi32

deps-interop:
	@$(call install,$(INTEROP_PKGS))
	@$(call install,$(foreach pair,$(RUNTIMES),$(if $(shell command -v $(firstword $(subst :, ,$(pair)))),,$(lastword $(subst :, ,$(pair))))))

interop-bin: $(INTEROP)/bin/hydra $(INTEROP)/bin/zitadel $(INTEROP)/keycloak/pom.xml $(INTEROP)/oidcprovider/server.mjs

$(INTEROP)/bin/hydra: $(PROGRAMS)/hydra/go.mod
	@mkdir -p $(INTEROP)/bin
	cd $(PROGRAMS)/hydra && CGO_ENABLED=1 go build -trimpath -tags sqlite,json1 -ldflags "-s -w" -o $(CURDIR)/$@ github.com/ory/hydra/v2
	@touch $@

$(INTEROP)/bin/zitadel: $(PROGRAMS)/zitadel/go.mod $(PROGRAMS)/zitadel/main.go
	@mkdir -p $(INTEROP)/bin
	cd $(PROGRAMS)/zitadel && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(CURDIR)/$@ .
	@touch $@

$(INTEROP)/keycloak/pom.xml: $(PROGRAMS)/keycloak/pom.xml
	@rm -rf $(@D) && mkdir -p $(@D)
	mvn -q -B -f $< dependency:unpack -DoutputDirectory=$(CURDIR)/$(@D)
	@cp $< $@

$(INTEROP)/oidcprovider/server.mjs: $(PROGRAMS)/oidcprovider/package-lock.json $(PROGRAMS)/oidcprovider/server.mjs
	@mkdir -p $(@D)
	cp $(PROGRAMS)/oidcprovider/* $(@D)/
	cd $(@D) && npm ci --no-audit --no-fund
	@touch $@

python-tools: $(PYTHON_TOOLS:%=$(INTEROP)/%/installed)

$(INTEROP)/%/installed: sandbox/interop/tools/requirements/%.txt
	@python3 -m venv $(INTEROP)/$*
	$(INTEROP)/$*/bin/pip install -q --prefer-binary -r $<
	@touch $@

# install: the programs and what a desktop wants to know of them, below DESTDIR/PREFIX.
PREFIX  ?= /usr/local
SHARE    = $(DESTDIR)$(PREFIX)/share
ICONS    = 16 22 24 32 48 64 128 256 512
install: build deps-package ## install below PREFIX (/usr/local), for packagers below DESTDIR
	install -D -m 755 -t $(DESTDIR)$(PREFIX)/bin $(BIN)/daypass $(BIN)/daypass-creds $(BIN)/daypass-window
	install -d $(SHARE)/applications $(SHARE)/metainfo
	install -D -m 644 assets/linux/mime.xml $(SHARE)/mime/packages/$(APP_ID).xml
	sed 's/@ID@/$(APP_ID)/g' assets/linux/app.desktop.in >$(SHARE)/applications/$(APP_ID).desktop
	sed 's/@ID@/$(APP_ID)/g; s/@VERSION@/$(RELEASE)/; s/@DATE@/$(shell date -u -d @$(SOURCE_DATE_EPOCH) +%F)/' \
	  assets/linux/metainfo.xml.in >$(SHARE)/metainfo/$(APP_ID).metainfo.xml
	for size in $(ICONS); do dir=$(SHARE)/icons/hicolor/$${size}x$$size/apps; install -d $$dir; \
	  rsvg-convert -w $$size -h $$size assets/icon.svg -o $$dir/$(APP_ID).png; done
	install -D -m 644 assets/icon.svg $(SHARE)/icons/hicolor/scalable/apps/$(APP_ID).svg
	CGO_ENABLED=0 go run ./app/cli/manual $(SHARE)
	install -m 644 -t $(SHARE)/man/man1 assets/linux/daypass-window.1
	find $(SHARE)/man -name "*.1" -exec gzip -9 -n -f {} +
	install -D -m 644 assets/linux/copyright $(SHARE)/doc/daypass/copyright
	install -D -m 644 assets/fonts/OFL.txt $(SHARE)/doc/daypass/OFL.txt

package: deb tarball windows ## build the .deb, the portable tar and the Windows programs into build/package

DEB_ROOT := build/deb
deb: ## build the .deb into build/package
	@rm -rf $(DEB_ROOT) && mkdir -p $(DEB_ROOT)/DEBIAN build/package
	@$(MAKE) install DESTDIR=$(CURDIR)/$(DEB_ROOT) PREFIX=/usr
	desktop-file-validate $(DEB_ROOT)/usr/share/applications/*.desktop
	appstreamcli validate --no-net $(DEB_ROOT)/usr/share/metainfo/*.xml
	mkdir -p build/shlibs/debian && touch build/shlibs/debian/control
	libs=$$(cd build/shlibs && dpkg-shlibdeps -O $(CURDIR)/$(DEB_ROOT)/usr/bin/daypass-window | sed 's/^shlibs:Depends=//'); \
	sed "s|@VERSION@|$(PACKAGE_VERSION)|; s|@ARCH@|$(ARCH)|; s|@LIBS@|$$libs|; \
	  s|@SIZE@|$$(du -sk --apparent-size --exclude=DEBIAN $(DEB_ROOT) | cut -f1)|" assets/linux/control.in >$(DEB_ROOT)/DEBIAN/control
	cd $(DEB_ROOT) && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums
	rm -f build/package/*.deb
	dpkg-deb --root-owner-group --build $(DEB_ROOT) build/package/daypass_$(PACKAGE_VERSION)_$(ARCH).deb

TAR_NAME = daypass-$(PACKAGE_VERSION)-linux-$(ARCH)
tarball: ## build the portable tar into build/package
	@rm -rf build/tar build/package/*.tar.gz && mkdir -p build/package
	@$(MAKE) install DESTDIR=$(CURDIR)/build/tar PREFIX=/$(TAR_NAME)
	cp -r README.md LICENSE docs build/tar/$(TAR_NAME)/
	tar -C build/tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$(SOURCE_DATE_EPOCH) -cf - $(TAR_NAME) | gzip -9n >build/package/$(TAR_NAME).tar.gz

WIN_NAME = daypass-$(PACKAGE_VERSION)-windows-amd64
WIN_ROOT = build/windows/$(WIN_NAME)
# The resources must lie beside package main, and the linker takes them from there only.
SYSO     = rsrc_windows_amd64.syso
windows: ## cross-compile the Windows programs into build/package
	@$(call install,$(WINDOWS_PKGS))
	@rm -rf build/windows build/package/*.zip && mkdir -p $(WIN_ROOT) build/package
	for size in 16 24 32 48 64 256; do rsvg-convert -w $$size -h $$size assets/icon.svg -o build/windows/$$size.png; done
	cd build/windows && convert 16.png 24.png 32.png 48.png 64.png 256.png daypass.ico
	go tool goversioninfo -64 -icon build/windows/daypass.ico -manifest assets/windows/app.manifest \
	  -file-version "$(RELEASE).0" -product-version "$(PACKAGE_VERSION)" -o $(SYSO) assets/windows/versioninfo.json
	cp $(SYSO) cmd/daypass/; trap 'rm -f $(SYSO) cmd/daypass/$(SYSO)' EXIT; \
	  CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -ldflags "$(LDFLAGS)" -o $(WIN_ROOT)/daypass.exe ./cmd/daypass; \
	  CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc go build -trimpath -tags $(READER_TAGS) \
	    -ldflags "$(LDFLAGS) -H=windowsgui" -o $(WIN_ROOT)/daypass-window.exe .
	cp -r README.md LICENSE docs assets/fonts/OFL.txt $(WIN_ROOT)/
	cd build/windows && rm -f ../package/$(WIN_NAME).zip && zip -q -r -X ../package/$(WIN_NAME).zip $(WIN_NAME)

MAC_APP = build/macos/Daypass.app/Contents
macos: ## on a Mac: build Daypass.app, with the command line inside, into build/package
	@rm -rf build/macos && mkdir -p $(MAC_APP)/MacOS $(MAC_APP)/Resources build/macos/daypass.iconset build/package
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o $(MAC_APP)/MacOS/daypass ./cmd/daypass
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o $(MAC_APP)/MacOS/daypass-creds ./cmd/daypass-creds
	CGO_ENABLED=1 go build -trimpath -tags $(READER_TAGS) -ldflags "$(LDFLAGS)" -o $(MAC_APP)/MacOS/daypass-window .
	sed 's/@ID@/$(APP_ID)/; s/@RELEASE@/$(RELEASE)/; s/@VERSION@/$(PACKAGE_VERSION)/' assets/macos/Info.plist.in >$(MAC_APP)/Info.plist
	for size in 16 32 128 256; do \
	  sips -z $$size $$size assets/icon.png --out build/macos/daypass.iconset/icon_$${size}x$$size.png; \
	  sips -z $$((2 * size)) $$((2 * size)) assets/icon.png --out build/macos/daypass.iconset/icon_$${size}x$$size@2x.png; done
	iconutil -c icns -o $(MAC_APP)/Resources/daypass.icns build/macos/daypass.iconset
	cd build/macos && zip -q -r -y ../package/daypass-$(PACKAGE_VERSION)-macos-$(ARCH).zip Daypass.app

screens: ## draw every screen, light and dark, into build/screens
	@mkdir -p build/screens
	CGO_ENABLED=0 go run ./ui/uitest/screens build/screens

# What the README shows: small, with few colors.
PICTURES = session-active folder-full transfers-open use-tool
pictures: ## refresh the pictures in docs/images from the screens and the simulation of a company
	@$(call install,imagemagick)
	@mkdir -p build/screens docs/images
	for name in $(PICTURES); do CGO_ENABLED=0 go run ./ui/uitest/screens build/screens $$name; \
	  convert build/screens/$$name-light@1x.png -resize 780x -dither None -colors 64 -strip -define png:compression-level=9 PNG8:docs/images/$$name.png; done
	CGO_ENABLED=0 go run ./app/fleet/report -draw docs/images/company-of-10000.svg

PARTS ?=
bench: deps deps-tools sandbox-bin tools-bin peers build ## measure, print a table, write build/bench.json (PARTS=listing for that part, WHOLE=1 for whole sizes over long lines)
	cd sandbox && WINDOW_TAGS="$(WINDOW_TAGS)" CGO_ENABLED=0 go run ./bench -bin ../$(BIN) -out ../build/bench.json -only "$(PARTS)" $(if $(WHOLE),-whole)

SOAK ?= 1h
soak: deps sandbox-bin build ## twenty sessions and cycling faults for an hour (SOAK=10m for less)
	@cd sandbox && CGO_ENABLED=0 go build -trimpath -o ../$(BIN)/soak ./soak
	@$(BIN)/soak -bin $(BIN) -for $(SOAK)

sandbox: sandbox-bin ## run the sandbox servers until Ctrl-C
	@$(BIN)/sandbox

sandbox-bin: $(BIN)/minio $(BIN)/dex
	@cd sandbox && CGO_ENABLED=0 go build -trimpath -o ../$(BIN)/sandbox .

tools-bin: $(BIN)/mc $(BIN)/s5cmd

# The program that `daypass creds` is compared with, a module of its own.
peers: $(BIN)/peers/aws-vault

$(BIN)/peers/aws-vault: sandbox/peers/go.mod
	@mkdir -p $(BIN)/peers
	cd sandbox/peers && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../../$(BIN)/peers/aws-vault github.com/99designs/aws-vault/v7
	@touch $@

# One set of flags for the servers everywhere: other flags are other entries in the build cache,
# and these take minutes.
$(BIN)/dex: sandbox/go.mod
	@mkdir -p $(BIN)
	cd sandbox && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../$(BIN)/ github.com/dexidp/dex/cmd/dex
	@touch $@

$(BIN)/minio: sandbox/go.mod
	@mkdir -p $(BIN)
	cd sandbox && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../$(BIN)/ github.com/minio/minio
	@touch $@

$(BIN)/mc: sandbox/go.mod
	@mkdir -p $(BIN)
	cd sandbox && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../$(BIN)/ github.com/minio/mc
	@touch $@

$(BIN)/s5cmd: sandbox/go.mod
	@mkdir -p $(BIN)
	cd sandbox && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o ../$(BIN)/s5cmd github.com/peak/s5cmd/v2
	@touch $@

deps-package:
	@$(call install,$(PACKAGE_PKGS))

deps: deps-build deps-unit deps-desk

deps-build:
	@$(call install,$(BUILD_PKGS))

deps-unit:
	@$(call install,$(UNIT_PKGS))

deps-tools:
	@$(call install,$(TOOL_PKGS))

deps-desk:
	@$(call install,$(DESK_PKGS))

# install: the packages among $(1) that are not there, on Debian and its relatives. Elsewhere it says
# what is needed and goes on.
define install
	if ! command -v dpkg-query >/dev/null; then echo "Needed here, by the names they have in Debian: $(1)"; exit 0; fi; \
	missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	[ -n "$$missing" ] || exit 0; \
	echo "Installing:$$missing"; \
	sudo=""; [ "$$(id -u)" = 0 ] || sudo="sudo"; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

clean: ## remove build/
	rm -rf build
