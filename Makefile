# Daypass: `make demo` shows it, `make test` tests it, `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN     := build/bin
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X daypass/app/cli.Version=$(VERSION)
# The window ships with Fyne's new threading rules on (migrated_fynedo). Its checked build has them
# off and its build tag no_metadata, and then reports every widget touched in the wrong thread.
WINDOW_TAGS  := migrated_fynedo
CHECKED_TAGS := no_metadata

# Debian's packages: to build, to show the demo without a display, and to test.
BUILD_PKGS := gcc libc6-dev pkg-config libgl-dev libegl-dev libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev \
  libxcursor-dev libxinerama-dev libwayland-dev libxkbcommon-dev
DESK_PKGS  := xvfb libwayland-client0 libgl1-mesa-dri openbox xdotool x11-utils imagemagick chromium ca-certificates
# What the unit tests use besides: a bus of their own.
UNIT_PKGS  := dbus-daemon

.PHONY: help demo test screens bench check sandbox build deps deps-build deps-unit deps-desk sandbox-bin window-checked \
  unit e2e clean format

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: deps sandbox-bin build ## start the sandbox and open Daypass on it; without a display, take a tour into build/tour
	@cd sandbox && CGO_ENABLED=0 go build -trimpath -o ../$(BIN)/demo ./demo
	@$(BIN)/demo -bin $(BIN) -out build/tour

test: check unit e2e ## everything that CI runs

build: deps-build ## build daypass and daypass-window into build/bin
	@mkdir -p $(BIN)
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o $(BIN)/daypass ./cmd/daypass
	CGO_ENABLED=1 go build -trimpath -tags $(WINDOW_TAGS) -ldflags "$(LDFLAGS)" -o $(BIN)/daypass-window .

window-checked: deps-build
	@mkdir -p $(BIN)/checked
	CGO_ENABLED=1 go build -trimpath -tags $(CHECKED_TAGS) -ldflags "$(LDFLAGS)" -o $(BIN)/checked/daypass-window .

check: ## formatting, vet, staticcheck, cross-compilation
	@out=$$(go tool gofumpt -l . ); if [ -n "$$out" ]; then echo "not formatted (make format):"; echo "$$out"; exit 1; fi
	go vet ./... && (cd sandbox && go vet ./...)
	go tool staticcheck ./...
	CGO_ENABLED=0 GOOS=windows go build -o /dev/null ./cmd/daypass
	CGO_ENABLED=0 GOOS=darwin go build -o /dev/null ./cmd/daypass

format: ## format all Go files
	go tool gofumpt -w .

unit: deps-build deps-unit ## unit, protocol and view tests, with the race detector
	CGO_ENABLED=1 go test -race -count=1 ./...

e2e: deps sandbox-bin build window-checked ## the built programs with a real MinIO, Dex, Chromium and window
	cd sandbox && CGO_ENABLED=0 go test -count=1 -timeout 20m ./...

screens: ## draw every screen, light and dark, into build/screens
	@mkdir -p build/screens
	CGO_ENABLED=0 go run ./ui/screens build/screens

bench: deps sandbox-bin build ## measure, print a table, write build/bench.json
	cd sandbox && CGO_ENABLED=0 go run ./bench -bin ../$(BIN) -out ../build/bench.json

sandbox: sandbox-bin ## run the sandbox servers until Ctrl-C
	@$(BIN)/sandbox

sandbox-bin: $(BIN)/minio $(BIN)/dex
	@cd sandbox && CGO_ENABLED=0 go build -trimpath -o ../$(BIN)/sandbox .

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

deps: deps-build deps-unit deps-desk

deps-build:
	@$(call install,$(BUILD_PKGS))

deps-unit:
	@$(call install,$(UNIT_PKGS))

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
