# copse check --fix: shows, asks, and changes nothing but what it showed.
load helpers

fix() {
    "$COPSE" check -C site --now "$NOW" --fix "$@"
}

# A site with one of each that is mechanical.
site_to_mend() {
    small_site
    write site/content/articles/slips.md <<'END'
---
# Keep this comment.
title: "Slips"   # and this one
date: 2026-2-1 9:00
discription: What to ask.
draft: "no"
updated: 3 février 2026, 18h30
featured: yes
---

![Door](door.png){: .img-fluid} and text.

Kept as it   is.  
{: .lead}
END
    base64 -d >site/content/articles/door.png <<'END'
iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAIAAAAVyRqTAAAAF0lEQVR4nGNgGAWjYBSMglEwCkYBMgAABxwAAXhGjAgAAAAASUVORK5CYII=
END
    in_git site
}

@test "each slip is shown as a difference and mended; every other byte stays" {
    site_to_mend
    run fix --yes
    fails_with 0 '1 file changed'
    cat >wanted <<'END'
---
# Keep this comment.
title: "Slips"   # and this one
date: 2026-02-01 09:00
description: What to ask.
draft: false
updated: 2026-02-03 18:30
featured: true
---

![Door](door.png) and text.

Kept as it   is.  
END
    diff wanted site/content/articles/slips.md
    # What was shown is what was done.
    git -C site show HEAD:content/articles/slips.md >before
    sed -n '/^--- a/,$p' <<<"$output" | sed '/ file changed/,$d' >shown
    mkdir -p copy/content/articles
    cp before copy/content/articles/slips.md
    git -C copy init -q
    git -C copy apply -p1 ../shown
    diff wanted copy/content/articles/slips.md
}

@test "the second time there is nothing to mend" {
    site_to_mend
    fix --yes
    git -C site commit -qam mended --author 'Jo <jo@example.org>' 2>/dev/null || :
    run fix --yes
    fails_with 0 'There is nothing to mend mechanically.'
}

@test "without --yes it asks for each file, and no answer is no" {
    site_to_mend
    cp site/content/articles/slips.md before
    run fix </dev/null
    fails_with 1 'Change content/articles/slips.md? yes, no, all, quit:'
    cmp before site/content/articles/slips.md
    run fix <<<n
    fails_with 1 '0 files changed, 1 left as it is'
    cmp before site/content/articles/slips.md
    run fix <<<y
    fails_with 0 '1 file changed'
    not cmp -s before site/content/articles/slips.md
}

@test "line ends of another system stay, and a repeated line goes" {
    small_site
    printf -- '---\r\ntitle: A\r\ndate: 2026-02-01\r\nauthr: jo-tremblay\r\nseries: One\r\nseries: One\r\n---\r\n\r\nText.' |
        write site/content/articles/a.md
    fix --yes
    printf -- '---\r\ntitle: A\r\ndate: 2026-02-01\r\nauthor: jo-tremblay\r\nseries: One\r\n---\r\n\r\nText.' >wanted
    cmp wanted site/content/articles/a.md
}

@test "what would not be sound afterwards is left alone" {
    small_site
    printf -- '---\ntitle: A\ndate: 2026-02-01\ndiscription: x\ndescripton: y\n---\nText.\n' |
        write site/content/articles/a.md
    cp site/content/articles/a.md before
    run fix --yes
    cmp before site/content/articles/a.md
}

@test "dates that could be two days are not guessed" {
    small_site
    printf -- '---\ntitle: A\ndate: 3/4/2026\n---\nText.\n' | write site/content/articles/a.md
    printf -- '---\ntitle: B\ndate: 13/1/2026\n---\nText.\n' | write site/content/articles/b.md
    run fix --yes
    fails_with 1 'bad-date'
    grep -q '^date: 3/4/2026$' site/content/articles/a.md
    grep -q '^date: 2026-01-13$' site/content/articles/b.md
}

@test "a place in a picture is told, and taken out" {
    small_site
    mkdir -p site/content/members/sam
    printf -- '---\nname: Sam\nphoto: photo.jpg\n---\n\nSam.\n' | write site/content/members/sam/index.md
    # A JPEG of one white pixel with an Exif block that names a latitude and longitude.
    base64 -d >site/content/members/sam/photo.jpg <"$BATS_TEST_DIRNAME/place.jpg.base64"
    run "$COPSE" check -C site --now "$NOW"
    fails_with 0 "content/members/sam/photo.jpg: warning: this picture's file says where it was taken"
    run fix --yes
    fails_with 0 'content/members/sam/photo.jpg: without its metadata'
    [[ $output != *picture-place* ]]
    not grep -q Exif site/content/members/sam/photo.jpg
}

@test "a picture too large for any page is told" {
    small_site
    { base64 -d <"$BATS_TEST_DIRNAME/place.jpg.base64"; head -c 5000000 /dev/zero; } >site/content/pages/large.jpg
    run "$COPSE" check -C site --now "$NOW"
    fails_with 0 'content/pages/large.jpg: warning: this picture has'
    fails_with 0 '[heavy-picture]'
}

@test "commits, bare repositories and other forms of messages are refused" {
    site_to_mend
    run fix --rev HEAD --yes
    fails_with 2 '--rev reads a commit'
    git clone -q --bare site bare.git
    run "$COPSE" check -C bare.git --fix --yes
    fails_with 2 'bare repository'
    run fix --format json
    fails_with 2 'no other --format'
    run "$COPSE" check -C site --yes
    fails_with 2 '--yes goes with --fix'
}

@test "nothing outside content/ is touched, whatever leads there" {
    site_to_mend
    mkdir elsewhere
    mv site/content/articles elsewhere/articles
    ln -s ../../elsewhere/articles site/content/articles
    before=$(fingerprint elsewhere)
    run fix --yes
    [ "$before" = "$(fingerprint elsewhere)" ]
}
