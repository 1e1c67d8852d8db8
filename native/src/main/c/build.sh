#!/bin/sh
# Builds the supervisor and the bare baseline of the benchmarks: build.sh OUT. Needs a C compiler with a static libc.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=$1
cc=${CC:-cc}

if ! command -v "$cc" >/dev/null 2>&1; then
    echo "kernos: no C compiler '$cc': install one (Debian: apt-get install gcc libc6-dev) or name it by CC" >&2
    exit 1
fi

flags="-std=gnu11 -O2 -g0 -static-pie -fPIE -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong
    -Wall -Wextra -Werror -Wshadow -Wpointer-arith -Wwrite-strings -Wundef -Wmissing-prototypes
    -Wstrict-prototypes -Wold-style-definition -Wvla -Wformat=2 -Wconversion -Wno-sign-conversion
    -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--build-id=none -s"

# build NAME SOURCE...: only when a source is newer than what is there.
build() {
    name=$1
    shift
    if [ -x "$out/$name" ] && [ -z "$(find "$here" -type f -newer "$out/$name")" ]; then
        return
    fi
    (cd "$here" && $cc $flags -I. -o "$out/$name.new" "$@")
    mv "$out/$name.new" "$out/$name"
}

mkdir -p "$out"
build kernos-supervisor main.c link.c containers.c journal.c plan.c launch.c nest.c child.c
build kernos-bare-launch bench/bare_launch.c
