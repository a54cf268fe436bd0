/* The names under which layouts see the site, each with a number, so that looking one up at run
 * time is a switch and not a comparison of strings. layouts/README.md says what each means. */
#ifndef COPSE_PAGES_PROPERTIES_H
#define COPSE_PAGES_PROPERTIES_H

#include "base/str.h"

#include <stdint.h>

#define PROPERTIES(X)                                                                              \
    X(aliases)                                                                                     \
    X(all_day)                                                                                     \
    X(alternates)                                                                                  \
    X(articles)                                                                                    \
    X(author)                                                                                      \
    X(authors)                                                                                     \
    X(avatar)                                                                                      \
    X(badge)                                                                                       \
    X(base_path)                                                                                   \
    X(bio_form_url)                                                                                \
    X(brand)                                                                                       \
    X(calendar_url)                                                                                \
    X(cancelled)                                                                                   \
    X(code)                                                                                        \
    X(comment_count)                                                                               \
    X(comment_form_url)                                                                            \
    X(comments)                                                                                    \
    X(comments_closed)                                                                             \
    X(comments_feed_url)                                                                           \
    X(content)                                                                                     \
    X(contributors)                                                                                \
    X(count)                                                                                       \
    X(credential_url)                                                                              \
    X(credits)                                                                                     \
    X(current)                                                                                     \
    X(data)                                                                                        \
    X(date)                                                                                        \
    X(dates)                                                                                       \
    X(day)                                                                                         \
    X(depth)                                                                                       \
    X(description)                                                                                 \
    X(designation)                                                                                 \
    X(designations)                                                                                \
    X(draft)                                                                                       \
    X(edit_url)                                                                                    \
    X(editions)                                                                                    \
    X(editor)                                                                                      \
    X(email)                                                                                       \
    X(email_link)                                                                                  \
    X(end)                                                                                         \
    X(events)                                                                                      \
    X(excerpt)                                                                                     \
    X(expires)                                                                                     \
    X(facet)                                                                                       \
    X(facets)                                                                                      \
    X(featured)                                                                                    \
    X(feed_url)                                                                                    \
    X(first_day)                                                                                   \
    X(former)                                                                                      \
    X(future)                                                                                      \
    X(github)                                                                                      \
    X(holders)                                                                                     \
    X(hours)                                                                                       \
    X(icons)                                                                                       \
    X(ics_url)                                                                                     \
    X(id)                                                                                          \
    X(image)                                                                                       \
    X(image_alt)                                                                                   \
    X(in_month)                                                                                    \
    X(initials)                                                                                    \
    X(intro)                                                                                       \
    X(issuer)                                                                                      \
    X(items)                                                                                       \
    X(joined)                                                                                      \
    X(jsonld)                                                                                      \
    X(kind)                                                                                        \
    X(label)                                                                                       \
    X(lang)                                                                                        \
    X(language)                                                                                    \
    X(languages)                                                                                   \
    X(layout)                                                                                      \
    X(letters)                                                                                     \
    X(level)                                                                                       \
    X(links)                                                                                       \
    X(location)                                                                                    \
    X(locations)                                                                                   \
    X(manifest_url)                                                                                \
    X(member)                                                                                      \
    X(members)                                                                                     \
    X(mentions)                                                                                    \
    X(menu)                                                                                        \
    X(menu_written)                                                                                \
    X(month)                                                                                       \
    X(months)                                                                                      \
    X(moved_from)                                                                                  \
    X(name)                                                                                        \
    X(narrower)                                                                                    \
    X(next)                                                                                        \
    X(next_url)                                                                                    \
    X(noindex)                                                                                     \
    X(number)                                                                                      \
    X(online)                                                                                      \
    X(open_badge_url)                                                                              \
    X(organisation)                                                                                \
    X(organiser)                                                                                   \
    X(page)                                                                                        \
    X(pages)                                                                                       \
    X(paginator)                                                                                   \
    X(parent)                                                                                      \
    X(past)                                                                                        \
    X(past_events)                                                                                 \
    X(past_years)                                                                                  \
    X(per_page)                                                                                    \
    X(permalink)                                                                                   \
    X(photo)                                                                                       \
    X(places)                                                                                      \
    X(post_nominals)                                                                               \
    X(posts)                                                                                       \
    X(prefix)                                                                                      \
    X(previous)                                                                                    \
    X(previous_url)                                                                                \
    X(price)                                                                                       \
    X(pronouns)                                                                                    \
    X(reading_time)                                                                                \
    X(registration)                                                                                \
    X(related)                                                                                     \
    X(repeats)                                                                                     \
    X(replies)                                                                                     \
    X(repository)                                                                                  \
    X(roles)                                                                                       \
    X(search)                                                                                      \
    X(sections)                                                                                    \
    X(series)                                                                                      \
    X(series_articles)                                                                             \
    X(series_part)                                                                                 \
    X(services)                                                                                    \
    X(sessions)                                                                                    \
    X(since)                                                                                       \
    X(site)                                                                                        \
    X(slug)                                                                                        \
    X(social)                                                                                      \
    X(social_picture)                                                                              \
    X(sold_out)                                                                                    \
    X(sort_letter)                                                                                 \
    X(source_path)                                                                                 \
    X(speakers)                                                                                    \
    X(start)                                                                                       \
    X(tag)                                                                                         \
    X(tags)                                                                                        \
    X(target)                                                                                      \
    X(team)                                                                                        \
    X(teams)                                                                                       \
    X(text)                                                                                        \
    X(time)                                                                                        \
    X(timezone)                                                                                    \
    X(title)                                                                                       \
    X(toc)                                                                                         \
    X(total)                                                                                       \
    X(total_pages)                                                                                 \
    X(training)                                                                                    \
    X(translations)                                                                                \
    X(until)                                                                                       \
    X(upcoming)                                                                                    \
    X(upcoming_events)                                                                             \
    X(updated)                                                                                     \
    X(url)                                                                                         \
    X(website)                                                                                     \
    X(weeks)                                                                                       \
    X(with)                                                                                        \
    X(word_count)                                                                                  \
    X(year)                                                                                        \
    X(years)

enum property {
    PROPERTY_NONE,
#define PROPERTY_NAME(name) PROPERTY_##name,
    PROPERTIES(PROPERTY_NAME)
#undef PROPERTY_NAME
};

/* The number of a name, PROPERTY_NONE if it is not in the table. */
uint32_t property_number(struct str name);

#endif
