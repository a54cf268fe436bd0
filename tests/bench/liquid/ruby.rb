# ruby ruby.rb TEMPLATE DATA PARTIALS SECONDS OUTPUT: microseconds a rendering
require 'liquid'
require 'json'
template, data, partials, seconds, output = ARGV
class Folder
  def initialize(path) = @path = path
  def read_template_file(name) = File.read(File.join(@path, "#{name}.html"))
end
Liquid::Template.file_system = Folder.new(partials)
scope = JSON.parse(File.read(data))
compiled = Liquid::Template.parse(File.read(template))
File.write(output, compiled.render!(scope))
clock = -> { Process.clock_gettime(Process::CLOCK_MONOTONIC) }
run = lambda do |limit|
  n = 0
  from = clock.call
  while clock.call - from < limit
    compiled.render!(scope)
    n += 1
  end
  (clock.call - from) * 1e6 / n
end
run.call(seconds.to_f / 2)
puts format('%.2f', run.call(seconds.to_f))
