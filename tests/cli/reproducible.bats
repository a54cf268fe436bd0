# Same input, same bytes.
load helpers

@test "the number of threads does not show" {
    small_site
    for i in $(seq 60); do article "a$i" "Text $i. [Jo](../members/jo-tremblay.md)"; done
    "$COPSE" build -C site -o one -j1 --now "$NOW"
    "$COPSE" build -C site -o eight -j8 --now "$NOW"
    diff -r one eight
}

@test "the order of messages does not depend on the threads" {
    small_site
    for i in $(seq 60); do article "a$i" "[x](../members/nobody$i.md)"; done
    "$COPSE" check -C site -j1 --now "$NOW" 2>one || true
    "$COPSE" check -C site -j8 --now "$NOW" 2>eight || true
    [ -s one ]
    diff one eight
}

@test "folder, time zone, language and user do not show" {
    small_site
    in_git site
    "$COPSE" build -C site -o one --now "$NOW"
    mkdir -p 'other folder'
    cp -R site 'other folder/x'
    TZ=Pacific/Auckland LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 HOME=/ USER=x \
        "$COPSE" build -C 'other folder/x' -o two --now "$NOW"
    diff -r one two
}

@test "--now and SOURCE_DATE_EPOCH mean the same moment" {
    small_site
    "$COPSE" build -C site -o one --now 2026-03-01T12:00:00Z
    SOURCE_DATE_EPOCH=1772366400 "$COPSE" build -C site -o two
    diff -r one two
    "$COPSE" build -C site -o three --now 2026-03-01T14:00:00+02:00
    diff -r one three
}

@test "work tree, commit and bare repository give the same site" {
    small_site
    in_git site
    "$COPSE" build -C site -o tree --now "$NOW"
    "$COPSE" build -C site --rev main -o commit --now "$NOW"
    git clone -q --bare site bare.git
    "$COPSE" build -C bare.git -o bare --now "$NOW"
    diff -r tree commit
    diff -r tree bare
}
