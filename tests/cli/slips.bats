# The slips of people who write for the site: doing what the message says must mend them.
load helpers

check() {
    run timeout 20 "$COPSE" check -C site --now "$NOW" "$@"
}

lacks() {
    [[ "$output" != *"$1"* ]] || { echo "$output"; return 1; }
}

@test "an article whose front matter cannot be read is not said to lack a date" {
    small_site
    write site/content/articles/colon.md <<'END'
---
title: Why: a question
date: 2026-02-01
---
Text.
END
    write site/content/articles/slash.md <<'END'
---
title: Slash
date: 3/4/2026
---
Text.
END
    write site/content/articles/capital.md <<'END'
---
title: Capital
Date: 2026-02-01
---
Text.
END
    check
    fails_with 1 "[yaml-syntax]"
    fails_with 1 "write 2026-03-04 or 2026-04-03, whichever is meant"
    lacks missing-date
}

@test "a required key in capitals is told where it stands, with how to write it" {
    small_site
    write site/content/articles/upper.md <<'END'
---
date: 2026-02-01
Title: Upper
---
Text.
END
    check
    fails_with 1 "content/articles/upper.md:3:1: error: there is no 'title', and every article needs one"
    fails_with 1 "write 'title' in place of 'Title'"
    check --fix --yes
    [ "$status" -eq 0 ]
}

@test "tag: is taken for a slip of tags:, and mended" {
    small_site
    write site/content/articles/tag.md <<'END'
---
title: A tag
date: 2026-02-01
tag: news
---
Text.
END
    check
    [[ "$output" == *"content/articles/tag.md:4:1: warning: 'tag' is not a key"*"did you mean 'tags'?"* ]]
    check --fix --yes
    grep -q '^tags: news$' site/content/articles/tag.md
}

@test "curly quotes around a value are told as what they are, and mended" {
    small_site
    write site/content/articles/curly.md <<'END'
---
title: “Yes, and”
date: “2026-02-01”
draft: ‘false’
tags: [“one”, two]
author: „Ada Guest“
---
Text.
END
    check
    fails_with 1 "content/articles/curly.md:3:7: warning: the curly quotes are taken as part of the value [curly-quotes]"
    fails_with 1 "leave them out: 2026-02-01"
    fails_with 1 "content/articles/curly.md:5:8: warning: the curly quotes"
    lacks "curly.md:2:"
    check --fix --yes
    [ "$status" -eq 0 ]
    [ "$(sed -n 2,6p site/content/articles/curly.md)" = 'title: “Yes, and”
date: 2026-02-01
draft: false
tags: [one, two]
author: Ada Guest' ]
}

@test "what stands for a link that leads nowhere can be written as it is proposed" {
    small_site
    write site/content/articles/2026-02-01-links.md <<'END'
---
title: Links
---
[One](../pages/abuot.md), [two](links.md#x), [three](/abuot/), [four](/about-us/), [five](jo@example.org).
END
    check
    fails_with 1 "did you mean '../pages/about.md'?"
    fails_with 1 "did you mean '2026-02-01-links.md'?"
    [ "$(grep -c "did you mean '/about/'?" <<<"$output")" -eq 2 ]
    fails_with 1 "an e-mail address is linked to as mailto:jo@example.org"
    sed -i -e 's/abuot.md/about.md/; s/(links.md#x)/(2026-02-01-links.md)/; s/abuot/about/; s/about-us/about/; s/jo@/mailto:jo@/' \
        site/content/articles/2026-02-01-links.md
    check
    [ "$status" -eq 0 ]
}

@test "a picture whose name differs in case, ending or by a letter is proposed" {
    small_site
    base64 -d "$BATS_TEST_DIRNAME/place.jpg.base64" >site/content/articles/IMG_1234.JPG
    write site/content/articles/picture.md <<'END'
---
title: Picture
date: 2026-02-01
image: img_1234.jpg
image_alt: A hall
---
![A hall](IMG_1234.jpeg)
END
    check
    fails_with 1 "picture.md:4:8: error: there is no file 'img_1234.jpg' beside this one [missing-file]"
    [ "$(grep -c "did you mean 'IMG_1234.JPG'?" <<<"$output")" -eq 2 ]
}

@test "a picture or link with a space in its address is told, since it is shown as it stands" {
    small_site
    base64 -d "$BATS_TEST_DIRNAME/place.jpg.base64" >"site/content/articles/my photo.jpg"
    write site/content/articles/space.md <<'END'
---
title: Space
date: 2026-02-01
---
See ![A hall](my photo.jpg) and [the minutes](the minutes.pdf), not [this] (or that),
nor [this](or that), nor `![A hall](my photo.jpg)`.
END
    check
    [[ "$output" == *"space.md:5:5: warning: this is shown as it stands and not as a picture, since its address has a space in it [unread-link]"* ]]
    [[ "$output" == *"write %20 for each space: my%20photo.jpg"* ]]
    [[ "$output" == *"space.md:5:33: warning: this is shown as it stands and not as a link"* ]]
    [ "$(grep -c 'unread-link' <<<"$output")" -eq 2 ]
    sed -i '5s/my photo/my%20photo/; 5s/, not.*$/./; 5s/\[the minutes\](.*)/x/' site/content/articles/space.md
    check
    lacks unread-link
    lacks missing-file
}

@test "front matter that is never closed: the line below which the dashes belong is named" {
    small_site
    write site/content/articles/open.md <<'END'
---
title: Open
date: 2026-02-01
tags:
  - one

Dear members, we meet on Friday.

Bring: cake.
END
    check
    fails_with 1 "content/articles/open.md:1:1: error: the front matter begins here and never ends"
    fails_with 1 "put a line with three dashes (---) below line 5"
}

@test "a guest whose name is nearly a member's is asked about" {
    small_site
    write site/content/articles/near.md <<'END'
---
title: Near
date: 2026-02-01
authors: [Jo Trembaly, JO TREMBLAY, Ada Guest]
---
Text.
END
    check
    [[ "$output" == *"near.md:4:11: warning: 'Jo Trembaly' is no member, so the name leads nowhere [nearly-member]"* ]]
    [[ "$output" == *"did you mean 'Jo Tremblay'?"* ]]
    [ "$(grep -c 'nearly-member' <<<"$output")" -eq 2 ]
}

event() {
    { printf -- '---\ntitle: Slip\n'; printf '%s\n' "$@"; printf -- '---\nText.\n'; } |
        write site/content/events/slip.md
    check
}

@test "two hours written as one time are not taken for a time zone in silence" {
    small_site
    event 'start: 2026-04-20 14:00' 'end: 2026-04-20 14:00-15:00'
    fails_with 1 "slip.md:4:6: error: '-15:00' stands where a time zone would, and there is none so far from UTC [time-range]"
    fails_with 1 "write the beginning and the end on lines of their own: start: 2026-04-20 14:00, end: 2026-04-20 15:00"
    event 'start: 2026-04-20 09:00-11:00' 'end: 2026-04-20 11:00'
    [[ "$output" == *"slip.md:3:8: warning: '-11:00' is read as a time zone [time-range]"* ]]
    event 'start: 2026-04-20 09:00-03:00' 'end: 2026-04-20 11:00+14:00'
    lacks time-range
}

@test "a rule in words is answered with the rule" {
    small_site
    local hours=('start: 2026-04-02 18:00' 'end: 2026-04-02 19:00')
    event "${hours[@]}" 'repeat: monthly'
    fails_with 1 "write repeat: FREQ=MONTHLY"
    event "${hours[@]}" 'repeat: every first Thursday of the month'
    fails_with 1 "write repeat: FREQ=MONTHLY;BYDAY=1TH"
    event "${hours[@]}" 'repeat: every week'
    fails_with 1 "write repeat: FREQ=WEEKLY"
    event "${hours[@]}" 'repeat: when the moon is full'
    fails_with 1 "such as FREQ=WEEKLY, or FREQ=MONTHLY;BYDAY=1TH for the first Thursday of each month"
}

@test "an address without https:// is told once, with how to write it" {
    small_site
    event 'start: 2026-04-02 18:00' 'end: 2026-04-02 19:00' 'online: zoom.us/j/123'
    fails_with 1 "slip.md:5:9: error: 'online' should be a web address that begins with https:// [unsafe-url]"
    fails_with 1 "write https://zoom.us/j/123"
    lacks layouts/
    event 'start: 2026-04-02 18:00' 'end: 2026-04-02 19:00' 'online: by mail'
    fails_with 1 "say in the text or in \`location\` what is no address"
    lacks layouts/
}

@test "the key of another kind is recognised: date in an event, title in a bio" {
    small_site
    event 'date: 2026-04-02 18:00' 'end: 2026-04-02 19:00'
    fails_with 1 "slip.md:3:1: error: there is no 'start', and every event needs one"
    fails_with 1 "write 'start' in place of 'date'"
}

@test "a link that a layout prints is told where it was written: in a bio, in site.yml" {
    small_site
    cat >>site/content/site.yml <<'END'
welcome:
  title: Welcome
  text: Here we are.
  links: [{label: Join, url: /abuot/}]
END
    write site/content/members/sam-lee.md <<'END'
---
name: Sam Lee
links: [www.sam.example, {label: Mine, url: sam.example/me}]
---
Text.
END
    check
    fails_with 1 "sam-lee.md:3:9: error: an address elsewhere begins with https:// [unsafe-url]"
    fails_with 1 "write https://www.sam.example"
    fails_with 1 "write https://sam.example/me"
    lacks layouts/
    sed -i 's/www.sam/https:\/\/sam/; s/sam.example\/me/https:\/\/&/' site/content/members/sam-lee.md
    check
    fails_with 1 "content/site.yml:9:30: error: no page of this site has the address /abuot/ [dead-link]"
    fails_with 1 "did you mean '/about/'?"
    lacks layouts/
}

@test "an unknown designation is answered with those that there are" {
    small_site
    write site/content/designations.yml <<'END'
- {code: CEP, name: Certified}
- {code: FEX, name: Fellow}
END
    sed -i 's/^name:.*/&\ndesignations: [Doctorate]/' site/content/members/jo-tremblay.md
    check
    fails_with 1 "no designation 'Doctorate' in content/designations.yml"
    fails_with 1 "the codes there are: CEP, FEX"
}

@test "what a bio calls an e-mail address has the form of one" {
    small_site
    sed -i 's/^name:.*/&\nemail: jo at example.org/' site/content/members/jo-tremblay.md
    check
    [[ "$output" == *"jo-tremblay.md:3:8: warning: 'jo at example.org' is no e-mail address, so it is shown as text [wrong-type]"* ]]
    [[ "$output" == *"write it as in: jo@example.org"* ]]
    sed -i 's/^email:.*/email: Jo.Tremblay+x@example.org/' site/content/members/jo-tremblay.md
    check
    lacks e-mail
}

@test "a hint that asks ends with its question mark where it stands in a comment" {
    small_site
    article new
    sed -i 's/^date:/author: jo-tremblai\ndate:/' site/content/articles/new.md
    check --format markdown
    [[ "$output" == *"did you mean "*"?"* ]]
    lacks '?.'
}

@test "a language's name is not taken for its tag" {
    small_site
    sed -i 's/^language:.*/language: English/' site/content/site.yml
    check
    fails_with 1 "content/site.yml:4:11: error: 'language' should be a language tag, such as en or fr [site-config]"
    sed -i 's/^language:.*/language: en\nlanguages: [en, French]/' site/content/site.yml
    check
    fails_with 1 "a list of language tags: [en, fr]"
    sed -i 's/, French/, fr-CA, haw/' site/content/site.yml
    check
    lacks site-config
}

@test "redirects in site.yml, which do nothing, are answered with aliases" {
    small_site
    printf 'redirects: {/old/: /about/}\n' >>site/content/site.yml
    check
    [[ "$output" == *"content/site.yml:6:1: warning: 'redirects' is not a setting that copse knows [unknown-key]"* ]]
    [[ "$output" == *"an old address goes into the file of the page that takes its place:  aliases: [/old/]"* ]]
}

@test "the same dead link in two bios is told in both, whoever renders them" {
    small_site
    for name in ada bo; do
        printf -- '---\nname: %s\nlinks: [{label: My page, url: /nowhere-at-all/}]\n---\n' "$name" >"site/content/members/$name.md"
    done
    for jobs in 1 4; do
        run "$COPSE" build -C site --now "$NOW" -j "$jobs"
        fails_with 1 'content/members/ada.md:3:'
        fails_with 1 'content/members/bo.md:3:'
        fails_with 1 '2 errors; nothing was published'
    done
}
