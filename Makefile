# The front door. "make help" lists what there is.

MVN := mvn --batch-mode --no-transfer-progress
MVN_QUIET := $(MVN) -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
# JMH uses what newer JDKs warn of.
JMH_QUIET := -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow
CLI := target/cli/streamwebsocket.jar

# As it was given: a $ in the name of a file is no variable of make.
override FILE := $(value FILE)
export FILE

# The same goes for what make bench is told.
override FAMILY := $(value FAMILY)
override ROUNDS := $(value ROUNDS)
override FULL := $(value FULL)
override BENCH := $(value BENCH)
export FAMILY ROUNDS FULL BENCH

.DEFAULT_GOAL := help
.PHONY: help demo test fmt lint bench interop api docs clean

# Every target that needs a JDK gets the newest one that is here; JAVA_HOME decides if it names JDK 21 or later.
ifneq ($(filter-out help clean,$(MAKECMDGOALS)),)
  export JAVA_HOME := $(shell sh .mvn/find-jdk)
  ifeq ($(JAVA_HOME),)
    $(error no JDK found: install JDK 21 or later (with javac), or set JAVA_HOME to one)
  endif
  ifeq ($(shell command -v mvn 2>/dev/null),)
    $(error no Maven found: install Maven 3.8 or later, so that "mvn" is on the PATH)
  endif
endif

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

demo: $(CLI) ## send a file through a WebSocket and back: make demo FILE=path
	@"$$JAVA_HOME/bin/java" -Xmx64m -jar $(CLI) demo $${FILE:+"$$FILE"}

test: ## compile, check the format, run all tests, build the jars
	$(MVN) verify

fmt: ## format the sources
	$(MVN_QUIET) spotless:apply

lint: ## check format, compiler and Error Prone warnings, and the documentation comments; no tests
	$(MVN) test-compile javadoc:javadoc

bench: ## measure beside other clients, in ten minutes: make bench [FAMILY=Send] [ROUNDS=3] [SEED=1] [FULL=1], or BENCH="pattern and JMH options"
	@case "$${ROUNDS:-1}" in *[!0-9]* | 0*) echo "expected ROUNDS to be a whole number from 1 but was $$ROUNDS" >&2; exit 2 ;; esac
	@case "$${FULL:-0}" in [01]) ;; *) echo "expected FULL to be 1 or 0 but was $$FULL" >&2; exit 2 ;; esac
	$(MVN_QUIET) install -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip
	$(MVN_QUIET) -f jmh/pom.xml package
ifneq ($(BENCH),)
	@set -f; exec "$$JAVA_HOME/bin/java" $(JMH_QUIET) -jar jmh/target/benchmarks.jar $$BENCH
else
	@exec "$$JAVA_HOME/bin/java" $(JMH_QUIET) -cp jmh/target/benchmarks.jar io.github.streamwebsocket.jmh.report.Bench \
		$(if $(filter 1,$(FULL)),--full) $${FAMILY:+--family "$$FAMILY"} $${ROUNDS:+--rounds "$$ROUNDS"} \
		$${SEED:+--seed "$$SEED"}
endif

interop: ## talk with ws (Node.js) and websockets (Python), which it installs: src/interop
	@src/interop/install
	$(MVN) test -Dgroups=interop -DexcludedGroups=

api: ## write the public surface to api.txt
	$(MVN_QUIET) test -Dtest=PublicApiTest -Dapi.write=true

docs: ## build the API documentation in target/reports/apidocs
	$(MVN_QUIET) compile javadoc:javadoc

clean: ## remove everything that was built
	rm -rf target jmh/target

# Folders are named too, so that a removed file counts as a change.
$(CLI): pom.xml $(shell find src/main)
	$(MVN_QUIET) package -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip -Dspotless.check.skip
	@touch $@
