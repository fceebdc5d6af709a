# What a developer runs; `just` alone lists it. ./check brings just itself.

_list:
  @{{just_executable()}} --justfile {{justfile()}} --list --unsorted

# Format, lint, types, import contracts, tests
check *arguments:
  ./check {{arguments}}

# The same without the tests that draw pages
fast:
  ./check --fast

# The long proofs, with the tools that are not ours
prove *arguments:
  tools/prove.sh
  .venv/bin/pytest -m long -n logical {{arguments}}

# Bring the digest's judges: axe-core, MJML's own engine, public MJML files, SendGrid's API
judges:
  tools/judges.sh
  .venv/bin/python tools/mjml_files.py .press/judges/mjml
  .venv/bin/python tools/sendgrid_api.py .press/judges/sendgrid

# Measure speed and memory against plain WeasyPrint
bench *arguments:
  .venv/bin/python -m benchmarks {{arguments}}

# Build a 24-page edition of real copy in a new folder (needs the corpus)
real-copy folder:
  .venv/bin/python -m benchmarks.realcopy {{folder}}
  cd {{folder}} && {{justfile_directory()}}/.venv/bin/press build-edition 2024-10 --proof

# Check that the documentation says what the program does
docs:
  .venv/bin/pytest -q tests/documentation

# Remove what can be made again: builds, caches, environments
clean:
  rm -rf build .press .venv .uv .hypothesis .coverage .*_cache
  find src tests -name __pycache__ -prune -exec rm -r {} +
