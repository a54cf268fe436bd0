# Pull requests with bios: who may change what.

load helpers

@test "a member changes their own bio" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 0 "may be merged" "changed  /members/jo-tremblay/"
}

@test "an account is the same in upper and lower case" {
    sed -i 's/ten years/eleven years/' content/members/jo-tremblay.md
    commit
    review JO-T
    says 0 "may be merged"
}

@test "another's bio edited" {
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    review jo-t
    says 4 "content/members/maria-lopez/index.md" "belongs to the account MariaL, and the change comes from jo-t"
}

@test "a bio without an account is for editors" {
    sed -i 's/has no/had no/' content/members/sam-burn.md
    commit
    review jo-t
    says 4 "names no account yet"
    review ed-editor
    says 0
}

@test "the owner changed in the same pull request" {
    sed -i 's/github: MariaL/github: mallory/' content/members/maria-lopez/index.md
    commit
    review mallory
    says 4 "belongs to the account MariaL"
}

@test "an owner gives their bio to another account" {
    sed -i 's/github: jo-t/github: mallory/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "only an admin may give it another" "content/members/jo-tremblay.md:3"
    review ed-editor
    says 4 "only an admin may give it another"
    review ada-admin
    says 0
}

@test "an owner takes their account out" {
    sed -i '/github:/d' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "only an admin"
}

@test "an account taken over by a bio that had none" {
    sed -i 's/^name: Sam Burn/&\ngithub: mallory/' content/members/sam-burn.md
    commit
    review mallory
    says 4 "names no account yet"
}

@test "an author line in git gives no rights" {
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    git add -A
    git -c user.name=MariaL commit -q --author 'MariaL <maria@example.org>' -m "Honest"
    review mallory
    says 4
}

@test "a newcomer adds their bio" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda counts.\n' | write content/members/ada-lovelace.md
    pixel content/members/ada-lovelace.png
    commit
    review ada-l
    says 0 "added    /members/ada-lovelace/" "changed  /members/  it names Ada Lovelace, whose bio is new"
}

@test "a newcomer's file may be named after the account" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda counts.\n' | write content/members/ada-l/index.md
    pixel content/members/ada-l/me.png
    commit
    review ada-l
    says 0
}

@test "a newcomer's file may leave a middle name out" {
    printf -- '---\nname: Ada King Lovelace\ngithub: ada-l\n---\n\nAda counts.\n' | write content/members/ada-lovelace.md
    commit
    review ada-l
    says 0
}

@test "a newcomer's file with a name that fits neither" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda counts.\n' | write content/members/best-coach.md
    commit
    review ada-l
    says 4 "'best-coach' fits neither the name" "content/members/ada-lovelace.md"
}

@test "a newcomer's slug that fits neither" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\nslug: the-president\n---\n\nAda counts.\n' | write content/members/ada-lovelace.md
    commit
    review ada-l
    says 4 "'the-president' fits neither"
}

@test "a newcomer forgets the account" {
    printf -- '---\nname: Ada Lovelace\n---\n\nAda counts.\n' | write content/members/ada-lovelace.md
    commit
    review ada-l
    says 4 "nothing in this bio says that it is yours" "add the line github: ada-l"
}

@test "a newcomer sends somebody else's bio" {
    printf -- '---\nname: Ada Lovelace\ngithub: someone\n---\n\nAda counts.\n' | write content/members/ada-lovelace.md
    commit
    review ada-l
    says 4 "names the account someone, and it is sent by ada-l" "content/members/ada-lovelace.md:3"
}

@test "a newcomer sends two bios" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\n---\n\nAda.\n' | write content/members/ada-lovelace.md
    printf -- '---\nname: Ada L\ngithub: ada-l\n---\n\nAda.\n' | write content/members/ada-l.md
    commit
    review ada-l
    says 4 "another new bio of the account ada-l"
}

@test "a member sends a second bio" {
    printf -- '---\nname: Jo T\ngithub: jo-t\n---\n\nJo.\n' | write content/members/jo-t.md
    commit
    review jo-t
    says 4 "the account jo-t has a bio already"
}

@test "own bio with another's photo path" {
    sed -i 's|^github: jo-t|&\nphoto: maria-lopez/photo.png|' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "this picture belongs to the bio of Maria López" "content/members/jo-tremblay.md:4"
}

@test "another's photo replaced" {
    printf 'x' >>content/members/maria-lopez/photo.png
    commit
    review jo-t
    says 4 "belongs to no bio of yours"
}

@test "a photo for another's folder" {
    pixel content/members/maria-lopez/new.png
    commit
    review jo-t
    says 4 "belongs to no bio of yours"
}

@test "a picture that only the own bio shows" {
    pixel content/members/pictures/me-at-work.png
    sed -i 's|^github: jo-t|&\nphoto: pictures/me-at-work.png|' content/members/jo-tremblay.md
    commit
    review jo-t
    says 0
}

@test "a picture that no bio shows" {
    pixel content/members/pictures/stray.png
    commit
    review jo-t
    says 4 "belongs to no bio of yours"
}

@test "a document beside a bio" {
    printf '%%PDF-1.4\n' | write content/members/jo-tremblay.pdf
    commit
    review jo-t
    says 4 "there may be pictures"
}

@test "a self-awarded designation" {
    sed -i 's/\[MCRS\]/[MCRS, CIS]/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "designations are not self-awarded: CIS" "content/members/jo-tremblay.md:4"
}

@test "a newcomer's self-awarded designation" {
    printf -- '---\nname: Ada Lovelace\ngithub: ada-l\ndesignations: [CIS]\n---\n\nAda.\n' | write content/members/ada-lovelace.md
    commit
    review ada-l
    says 4 "not self-awarded: CIS"
}

@test "a designation taken out of the own bio" {
    sed -i '/designations/d' content/members/jo-tremblay.md
    commit
    review jo-t
    says 0
}

@test "a designation that the roster grants" {
    sed -i 's/^name: Jo Tremblay/name: Jo A. Tremblay/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 0
}

@test "the roster edited along with the bio" {
    sed -i 's/\[MCRS\]/[MCRS, CIS]/' content/members/jo-tremblay.md
    printf -- '- member: jo-tremblay\n  code: CIS\n  since: 2020-01-01\n' >>content/roster.yml
    commit
    review jo-t
    says 4 "only an editor may change the roster"
    review ed-editor
    says 0
}

@test "without a roster, a designation prolonged" {
    git checkout -q main
    git rm -q content/roster.yml
    sed -i 's/designations.*/designations:\n  - code: MCRS\n    expires: 2026-06-01/' content/members/jo-tremblay.md
    commit
    git checkout -q -B feature
    sed -i 's/2026-06-01/2036-06-01/' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "MCRS is new or changed"
}

@test "a bio's alias for a page of the site" {
    sed -i 's|^github: jo-t|&\naliases: [/join/]|' content/members/jo-tremblay.md
    commit
    review jo-t
    says 4 "old address of a bio lies under /members/"
}

@test "a bio removed by its owner" {
    git rm -q content/members/maria-lopez/index.md
    commit
    review MariaL
    says 4 "a bio is removed by an editor"
}

@test "own bio under another name" {
    git mv content/members/jo-tremblay.md content/members/jo-t.md
    sed -i 's|^github: jo-t|&\naliases: [/members/jo-tremblay/]|' content/members/jo-t.md
    commit
    review jo-t
    says 1 "moved    /members/jo-tremblay/ -> /members/jo-t/ (with a redirect)" "[unknown-member]" \
        "[designation-not-granted]"
}

@test "a chain of renames to another's bio" {
    git mv content/members/maria-lopez/index.md content/members/maria-lopez/old.md
    git mv content/members/jo-tremblay.md content/members/maria-lopez/index.md
    commit
    review jo-t
    says 4 "content/members/maria-lopez/index.md"
}

@test "a chain of renames over several commits" {
    git mv content/members/maria-lopez/index.md content/members/jo-x.md
    commit one
    git mv content/members/jo-x.md content/members/mallory.md
    sed -i 's/github: MariaL/github: mallory/; s/Maria López/Mallory/; /photo/d' content/members/mallory.md
    commit two
    review mallory
    says 4 "content/members/maria-lopez/index.md"
}

@test "a translation of the own bio" {
    printf -- '---\nname: Jo Tremblay\n---\n\nJo aide.\n' | write content/members/jo-tremblay.fr.md
    commit
    review jo-t
    says 0 "/fr/members/jo-tremblay/"
}

@test "a translation of another's bio" {
    printf -- '---\nname: Maria\ngithub: mallory\n---\n\nMaria ment.\n' | write content/members/maria-lopez/index.fr.md
    commit
    review mallory
    says 4 "content/members/maria-lopez/index.fr.md"
}

@test "a bio that looks like another's name" {
    printf -- '---\nname: Sarn Burn\ngithub: sarn\n---\n\nSarn.\n' | write content/members/sarn-burn.md
    commit
    review sarn
    says 1 "cannot be told from the one in content/members/sam-burn.md" "[look-alike]"
}

@test "a comment as oneself" {
    printf -- '---\nauthor: jo-tremblay\ndate: 2026-02-02\n---\n\nYes.\n' | write content/comments/welcome/2026-02-02-jo.md
    commit
    review jo-t
    says 0 "/articles/welcome/  a comment by Jo Tremblay is new"
}

@test "a comment in another's name" {
    printf -- '---\nauthor: maria-lopez\ndate: 2026-02-02\n---\n\nYes.\n' | write content/comments/welcome/2026-02-02-jo.md
    commit
    review jo-t
    says 4 "this is not your name" "2026-02-02-jo.md:2"
}

@test "a comment by somebody without a bio" {
    printf -- '---\nauthor: Ada Guest\ndate: 2026-02-02\n---\n\nYes.\n' | write content/comments/welcome/2026-02-02-ada.md
    commit
    review ada-l
    says 4 "comments are by members"
}

@test "another's comment edited" {
    sed -i 's/Thank you/Buy now/' content/comments/welcome/2026-01-03-maria.md
    commit
    review jo-t
    says 4 "written by somebody else"
    review mariaL
    says 0
}

@test "a comment given to oneself" {
    sed -i 's/maria-lopez/jo-tremblay/' content/comments/welcome/2026-01-03-maria.md
    commit
    review jo-t
    says 4 "written by somebody else"
}

@test "an article by a member" {
    printf -- '---\ntitle: News\nauthor: jo-tremblay\ndate: 2026-02-01\n---\n\nNews.\n' | write content/articles/news.md
    commit
    review jo-t
    says 4 "only an editor may add an article"
    review ed-editor
    says 0 "added    /articles/news/"
}

@test "an editor may not change the settings" {
    sed -i 's/The Guild/My Guild/' content/site.yml
    commit
    review ed-editor
    says 4 "only an admin may change the site's settings" "site.yml were taken from the branch it is for"
    review ADA-ADMIN
    says 0 "changed  /"
}

@test "an editor that the change itself appoints" {
    sed -i 's/\[ed-editor\]/[ed-editor, mallory]/; s/\[Ada-Admin\]/[mallory]/' content/site.yml
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    review mallory
    says 4 "settings" "belongs to the account MariaL"
}

@test "without an actor, ownership is not judged and that is said" {
    sed -i 's/writes/wrote/' content/members/maria-lopez/index.md
    commit
    review -
    says 0 "not judged"
}
