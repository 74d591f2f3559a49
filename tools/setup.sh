# Makes .venv from requirements.lock. Sourced by ./run, ./test and ./check from the project's root.
# A stamp remembers what was installed, so that the next start neither waits nor needs the network.

set_up() {
    local wanted
    if ! .venv/bin/python -c '' 2>/dev/null; then
        make_environment
    fi
    wanted="$(fingerprint)"
    if [ "$(cat .venv/installed 2>/dev/null)" != "$wanted" ]; then
        install_packages
        echo "$wanted" > .venv/installed
    fi
}

make_environment() {
    local python
    python="$(find_python)" || fail "no Python 3.11, 3.12 or 3.13 was found." \
        "Install one (Debian, Ubuntu: apt install python3 python3-venv), or name one: PYTHON=/path/to/python3.12 $0"
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python lacks the modules venv and ensurepip." \
        "Debian, Ubuntu: apt install python3-venv; then start again."
    echo "Making .venv with $("$python" --version) …" >&2
    "$python" -m venv --clear .venv || fail "the environment .venv could not be made." \
        "Check free space and write permission in $(pwd); then start again."
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

# Differs when the packages, the project's description, the interpreter or the place of the checkout differ.
fingerprint() {
    .venv/bin/python - <<'END'
import hashlib, pathlib, sys
parts = [pathlib.Path(name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
print(hashlib.sha256(b"\0".join([*parts, sys.version.encode(), str(pathlib.Path.cwd()).encode()])).hexdigest())
END
}

install_packages() {
    echo "Installing packages (once, about a minute) …" >&2
    install_with_uv || install_with_pip || fail "the packages of requirements.lock could not be installed." \
        "Check the network or pip's index settings (pip config list); then start again. Nothing is half done: it resumes."
    # Built by the locked hatchling, so nothing is downloaded here.
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --no-index --no-deps \
        --no-build-isolation --editable . || fail "the project itself could not be installed." \
        "Delete .venv and start again; if it stays, report the lines above."
}

# Fast, but uv does not read pip's configuration: behind a mirror it fails and pip goes on.
install_with_uv() {
    command -v uv >/dev/null || return 1
    uv pip install --quiet --python .venv/bin/python --require-hashes --requirement requirements.lock && return
    echo "uv could not install them; trying pip …" >&2
    return 1
}

install_with_pip() {
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
        --require-hashes --requirement requirements.lock
}

fail() {
    printf 'Cannot start: %s\nNext: %s\n' "$1" "$2" >&2
    exit 1
}
