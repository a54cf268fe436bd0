# Pull requests whose history is the trick, and merges made in memory.

load helpers

@test "a branch behind its base" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    git checkout -q main
    printf -- '---\ntitle: Later\nauthor: jo-tremblay\ndate: 2026-02-01\n---\n\nLater.\n' | write content/articles/later.md
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    git checkout -q feature
    review jo-t
    says 0 "changed  /members/jo-tremblay/"
    never "maria-lopez"
    # What main has gained since is not taken for removed; search files bear fingerprints and do go.
    never "removed  /articles/"
    never "removed  /members/"
}

@test "both branches changed one file in different places" {
    git checkout -q main
    { printf -- '---\ntitle: Long\ndate: 2026-02-01\n---\n\n'; seq 1 40 | sed 's/$/\n/'; } | write content/articles/long.md
    commit
    git checkout -q -B feature
    sed -i 's/^2$/two/' content/articles/long.md
    commit
    git checkout -q main
    sed -i 's/^39$/thirty-nine/' content/articles/long.md
    commit
    git checkout -q feature
    review ed-editor
    says 0 "changed  /articles/long/"
}

@test "a conflict is said" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    git checkout -q main
    sed -i 's/ten years/twelve years/' content/members/jo-tremblay.md
    commit
    git checkout -q feature
    review jo-t
    says 1 "content/members/jo-tremblay.md" "both branches changed this file" "[merge-conflict]"
    review mallory
    says 4 "[merge-conflict]" "[not-allowed]"
}

@test "a conflict stays one whatever .gitattributes says" {
    git checkout -q main
    printf '*.md merge=union\n' | write .gitattributes
    commit
    git checkout -q -B feature
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    git checkout -q main
    sed -i 's/ten years/twelve years/' content/members/jo-tremblay.md
    commit
    git checkout -q feature
    review jo-t
    says 1 "[merge-conflict]"
}

@test "a merge commit that hides a change" {
    git checkout -q -b side
    git commit -q --allow-empty -m side
    git checkout -q feature
    git commit -q --allow-empty -m mine
    git merge -q --no-ff --no-commit side
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    git add -A
    git commit -qm "Merge side"
    review jo-t
    says 4 "content/members/maria-lopez/index.md"
}

@test "a merge of the base that takes back what the base has" {
    git commit -q --allow-empty -m mine
    git checkout -q main
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    git checkout -q feature
    git merge -q -s ours -m "Up to date" main
    review jo-t
    says 4 "content/members/maria-lopez/index.md"
}

@test "an octopus merge" {
    for i in one two three; do
        git checkout -q -b "$i" main
        printf -- '---\nauthor: jo-tremblay\ndate: 2026-02-02\n---\n\n%s.\n' "$i" | write "content/comments/welcome/2026-02-02-$i.md"
        commit "$i"
    done
    git checkout -q feature
    git merge -q -m Octopus one two three
    [ "$(git rev-list --parents -n 1 HEAD | wc -w)" -ge 4 ]
    review jo-t
    says 0 "a comment by Jo Tremblay is new"
}

@test "an octopus merge with another's bio in one arm" {
    for i in one two; do
        git checkout -q -b "$i" main
        printf -- '---\nauthor: jo-tremblay\ndate: 2026-02-02\n---\n\n%s.\n' "$i" | write "content/comments/welcome/2026-02-02-$i.md"
        [ "$i" = two ] && sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
        commit "$i"
    done
    git checkout -q feature
    git commit -q --allow-empty -m mine
    git merge -q -m Octopus one two
    review jo-t
    says 4 "content/members/maria-lopez/index.md"
    never "comments are"
}

@test "unrelated histories" {
    git checkout -q --orphan other
    commit "Another beginning"
    review jo-t
    says 1 "no commit in common" "[no-common-history]"
}

@test "branches merged into each other crosswise" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit a
    git checkout -q main
    sed -i 's/Come/Do come/' content/events/spring.md
    commit b
    git branch b
    git merge -q -m "a into main" feature
    git checkout -q feature
    git merge -q -m "b into feature" b
    review jo-t
    says 1 "merged into each other crosswise" "[several-merge-bases]"
}

@test "nothing new" {
    review jo-t
    says 0 "No page of the site becomes another one" "may be merged"
}

@test "a renamed file meets an edit on the base" {
    git checkout -q main
    { printf -- '---\ntitle: Long\ndate: 2026-02-01\n---\n\n'; seq 1 40 | sed 's/$/\n/'; } | write content/articles/long.md
    commit
    git checkout -q -B feature
    git mv content/articles/long.md content/articles/longer.md
    commit
    git checkout -q main
    sed -i 's/^39$/thirty-nine/' content/articles/long.md
    commit
    git checkout -q feature
    review ed-editor
    says 0 "moved    /articles/long/ -> /articles/longer/ (without a redirect)" "[lost-address]" \
        "aliases: [/articles/long/]"
}

@test "a rename that would carry a change into another's file" {
    # The base renames the member's bio to a place where another's stands for git.
    { printf -- '---\nname: Mal Lory\ngithub: mallory\n---\n\n'; seq 1 40 | sed 's/$/\n/'; } >content/members/mal-lory.md
    git add -A
    git commit -qm bio
    git branch -f main
    sed -i 's/^2$/two/' content/members/mal-lory.md
    commit
    git checkout -q main
    git mv content/members/mal-lory.md content/members/nora-fox.md
    sed -i 's/Mal Lory/Nora Fox/; s/mallory/nora/' content/members/nora-fox.md
    commit
    git checkout -q feature
    review mallory
    says 4 "content/members/nora-fox.md" "belongs to the account nora"
}

@test "a bare repository, with the site in a folder" {
    mkdir ../nested
    git archive main | tar -x -C ../nested --one-top-level=site
    git -C ../nested init -q -b main
    git -C ../nested add -A
    git -C ../nested commit -qm "The site"
    git -C ../nested checkout -q -b feature
    sed -i 's/ten years/eleven years/' ../nested/site/content/members/jo-tremblay.md
    printf 'x' >../nested/outside.txt
    git -C ../nested add -A
    git -C ../nested commit -qm "A change"
    git clone -q --bare ../nested ../bare.git
    run "$COPSE" review -C ../bare.git main:site feature --actor jo-t --now "$NOW"
    says 4 "outside.txt" "files outside the site's folder" "changed  /members/jo-tremblay/"
    never "content/members/jo-tremblay.md: error"
}

@test "a shallow clone" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    git checkout -q main
    git commit -q --allow-empty -m later
    git clone -q --bare . ../bare.git
    git clone -q --depth 1 --no-single-branch "file://$PWD/../bare.git" ../shallow
    run "$COPSE" review -C ../shallow origin/main origin/feature --now "$NOW"
    says 1 "no commit in common" "shallow clone"
}

@test "no such branch" {
    run "$COPSE" review nowhere
    says 3 "no commit, branch or tag 'nowhere'"
}

@test "a folder in no repository" {
    mkdir -p ../plain/content
    printf 'title: x\nurl: https://x.example\n' >../plain/content/site.yml
    run "$COPSE" review -C ../plain main
    says 3 "in no git repository"
}
