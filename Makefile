# Targets for daily work. scripts/demo and scripts/test also work without make.
PREFIX ?= /usr/local
DESTDIR ?=
release = scripts/build-release
binary = .build/release/seedbank

.PHONY: build demo test bench profile format check screenshots sanitize fuzz consumer storm soak load install uninstall \
  deb test-deb reproducible

build: ## release binary at .build/release/seedbank
	scripts/install-packages build
	$(release) seedbank

demo:
	scripts/demo

test:
	scripts/test

check: ## formatting, imports and words, without tests
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	scripts/check-imports
	scripts/version --check
	scripts/check-words

screenshots: ## the image of a gallery in README.md
	scripts/screenshots

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests

bench: ## search, export, import, images and galleries, a batch with a slow gateway, remotes
	scripts/bench
	scripts/bench-serve
	scripts/load
	scripts/bench-remotes

profile: ## where the time of a short search goes, from the start of its process
	$(release) seedbank
	scripts/profile

sanitize: ## the tests under the address and the thread sanitizer
	scripts/sanitize

fuzz: ## libFuzzer on every reader of foreign bytes; SECONDS_EACH=n
	scripts/fuzz

consumer: ## a program that uses the library products from outside
	scripts/test-consumer

storm: ## random kills, 100 random exchanges of eight libraries, every fault of every service
	scripts/storm
	scripts/remote-storm
	SEEDBANK_EXCHANGES=100 swift test --filter '^RemoteTests\.ConvergenceTests'
	SEEDBANK_CONFORMANCE=all swift test --filter '^SyncTests\.Provider'

soak: ## a watch of five minutes while other processes add requests
	$(release) gateway-simulator seedbank
	scripts/watch-soak

load: ## 10,000 generations with a gateway that takes a second for each
	$(release) gateway-simulator seedbank
	scripts/load

install: build
	PREFIX_AT_RUN=$(if $(DESTDIR),$(PREFIX)) scripts/install-seedbank $(binary) $(DESTDIR)$(PREFIX)

uninstall:
	scripts/install-seedbank --remove $(DESTDIR)$(PREFIX)

deb: ## packages, archive, list of linked software and checksums in dist/
	scripts/install-packages package
	scripts/package

test-deb: ## the packages in fresh Debian and Ubuntu systems; needs root
	scripts/test-deb

reproducible: ## builds the release twice and compares the files; PRODUCT=n builds one program alone
	scripts/reproducible $(PRODUCT)
