# copse render: one template over data, to standard output.
load helpers

render() {
    run "$COPSE" render "$@"
}

@test "a template over JSON, YAML and no data" {
    echo '{{ a.b | upcase }}{{ none }}' >t.html
    echo '{"a": {"b": "x"}}' >d.json
    printf 'a:\n  b: y\n' >d.yml
    render t.html d.json
    [ "$status" = 0 ] && [ "$output" = X ]
    render t.html d.yml
    [ "$status" = 0 ] && [ "$output" = Y ]
    render t.html
    [ "$status" = 0 ] && [ "$output" = "" ]
}

@test "a template from standard input" {
    run sh -c "echo '{{ 1 | plus: 2 }}' | '$COPSE' render -"
    [ "$status" = 0 ] && [ "$output" = 3 ]
}

@test "partials are found as NAME, NAME.html and NAME.liquid, and no higher than their folder" {
    mkdir -p p/d
    echo -n a >p/a
    echo -n b >p/b.html
    echo -n c >p/d/c.liquid
    echo -n secret >secret
    echo "{% include 'a' %}{% render 'b' %}{% assign n = 'd/c' %}{% include n %}" >t.html
    render t.html --partials p
    [ "$status" = 0 ] && [ "$output" = abc ]
    echo "{% include '../secret' %}" >t.html
    render t.html --partials p
    fails_with 1 "no partial '../secret'"
}

@test "a mistake has its place, its line and a caret, and nothing is printed" {
    printf 'fine\n {%% if x %%}{{ y | plus }}\n' >t.html
    "$COPSE" render t.html >out 2>err || [ $? = 1 ]
    [ ! -s out ]
    grep -q "t.html:2:2: error: this block is never closed" err
}

@test "an error while rendering prints nothing" {
    echo 'begun {{ 1 | divided_by: 0 }}' >t.html
    "$COPSE" render t.html >out 2>err || [ $? = 1 ]
    [ ! -s out ]
    grep -q "cannot be divided by 0" err
}

@test "strict, jekyll and autoescape" {
    echo '{{ a !}}' >t.html
    render t.html
    [ "$status" = 0 ]
    render --strict t.html
    fails_with 1 "was expected"
    echo '{{ "a b" | slugify }}{{ "/x" | relative_url }}{{ "*y*" | markdownify }}' >t.html
    echo '{"site": {"baseurl": "/guild"}}' >d.json
    render --jekyll t.html d.json
    [ "$status" = 0 ] && [ "$output" = "a-b/guild/x<p><em>y</em></p>" ]
    echo '{"a": "<&"}' >d.json
    echo '{{ a }}' >t.html
    render --autoescape t.html d.json
    [ "$output" = "&lt;&amp;" ]
}

@test "with autoescape, Markdown in data is as safe as in a build" {
    write d.json <<<'{"text": "*a* <img src=x onerror=alert(1)> [b](javascript:alert(1))"}'
    write t.html <<<'{{ text | markdownify }}'
    run "$COPSE" render --jekyll t.html d.json
    [[ $output == *onerror* ]]
    run "$COPSE" render --jekyll --autoescape t.html d.json
    [[ $output == *'<em>a</em>'* && $output != *onerror* && $output != *javascript:* ]]
}

@test "any bytes as data or as a template are an error with a place, or a rendering" {
    head -c 3000 /dev/urandom >t.html
    timeout 20 "$COPSE" render t.html >/dev/null 2>err || [ $? = 1 ]
    echo '{"a": ' >d.json
    echo x >t.html
    render t.html d.json
    fails_with 1 "d.json:"
    echo '[1]' >d.json
    render t.html d.json
    fails_with 1 "names and their values"
}
